// The English catalogue. Its keys are the keys; the other languages are checked against it.
import { codes } from "./codes";
import { common } from "./common";
import { enums } from "./enums";
import { health } from "./health";
import { imports } from "./imports";
import { order } from "./order";
import { orders } from "./orders";
import { queue } from "./queue";
import { station } from "./station";

export const en = {
  ...codes,
  ...common,
  ...enums,
  ...imports,
  ...queue,
  ...order,
  ...orders,
  ...station,
  ...health,
} as const;
