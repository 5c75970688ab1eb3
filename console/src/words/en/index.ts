// The English catalogue. Its keys are the keys; the other languages are checked against it.
import { codes } from "./codes";
import { common } from "./common";
import { enums } from "./enums";
import { goods } from "./goods";
import { health } from "./health";
import { imports } from "./imports";
import { order } from "./order";
import { queue } from "./queue";
import { station } from "./station";

export const en = {
  ...codes,
  ...common,
  ...enums,
  ...imports,
  ...queue,
  ...order,
  ...station,
  ...health,
  ...goods,
} as const;
