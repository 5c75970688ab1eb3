// The German catalogue.
import { cases } from "./cases";
import { codes } from "./codes";
import { common } from "./common";
import { enums } from "./enums";
import { health } from "./health";
import { imports } from "./imports";
import { order } from "./order";
import { queue } from "./queue";
import { station } from "./station";

export default {
  ...cases,
  ...codes,
  ...common,
  ...enums,
  ...imports,
  ...queue,
  ...order,
  ...station,
  ...health,
};
