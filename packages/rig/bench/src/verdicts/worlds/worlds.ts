import { BURSTS } from "./bursts.ts";
import { EARLIER_DEPLOYS } from "./earlier-deploys.ts";
import { EXPOSURE } from "./exposure.ts";
import { FLARES } from "./flares.ts";
import { FLEET } from "./fleet.ts";
import { HOLIDAY_OFFICE } from "./holiday-office.ts";
import { LOAD } from "./load.ts";
import { RARE_AND_REGULAR } from "./rare-and-regular.ts";
import { RESTARTS } from "./restarts.ts";
import { ROLL_OUTS } from "./roll-outs.ts";
import { SELF_EXCITING } from "./self-exciting.ts";
import { SENSOR } from "./sensor.ts";
import { STEADY } from "./steady.ts";
import type { WorldKind } from "./world.ts";
import { YOUNG } from "./young.ts";

/** Every world in which a verdict is measured, also those in which it must be silent or may be wrong. */
export const WORLDS: readonly WorldKind[] = [
  ...STEADY,
  ...BURSTS,
  ...SELF_EXCITING,
  ...YOUNG,
  ...ROLL_OUTS,
  ...FLEET,
  ...EARLIER_DEPLOYS,
  ...HOLIDAY_OFFICE,
  ...RARE_AND_REGULAR,
  ...FLARES,
  ...SENSOR,
  ...EXPOSURE,
  ...LOAD,
  ...RESTARTS,
];
