import type { OrderCarrier } from "./carrier.ts";
import { EVENT_CARRIERS } from "./event-carriers.ts";
import { OTHER_CARRIERS } from "./other-carriers.ts";

/** Every place of the range. */
export const CARRIERS: readonly OrderCarrier[] = [...EVENT_CARRIERS, ...OTHER_CARRIERS];
