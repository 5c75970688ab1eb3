// The English catalogue. Its keys are the keys; the other languages are checked against it.
import { cases } from "./cases";
import { codes } from "./codes";
import { common } from "./common";
import { enums } from "./enums";
import { health } from "./health";
import { imports } from "./imports";
import { order } from "./order";
import { queue } from "./queue";
import { station } from "./station";

export const en = {
  ...cases,
  ...codes,
  ...common,
  ...enums,
  ...imports,
  ...queue,
  ...order,
  ...station,
  ...health,
} as const;
