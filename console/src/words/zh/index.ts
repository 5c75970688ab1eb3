// The Chinese catalogue.
import { cases } from "./cases";
import { codes } from "./codes";
import { common } from "./common";
import { connections } from "./connections";
import { enums } from "./enums";
import { events } from "./events";
import { goods } from "./goods";
import { hands } from "./hands";
import { health } from "./health";
import { imports } from "./imports";
import { listing } from "./listing";
import { learned } from "./learned";
import { order } from "./order";
import { policy } from "./policy";
import { people } from "./people";
import { orders } from "./orders";
import { queue } from "./queue";
import { settings } from "./settings";
import { setup } from "./setup";
import { station } from "./station";

export default {
  ...cases,
  ...codes,
  ...common,
  ...enums,
  ...imports,
  ...learned,
  ...queue,
  ...order,
  ...people,
  ...orders,
  ...station,
  ...health,
  ...policy,
  ...connections,
  ...settings,
  ...setup,
  ...goods,
  ...events,
  ...hands,
  ...listing,
};
