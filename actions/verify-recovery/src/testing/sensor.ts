import type { Loss, SensorSummary } from "@patchpilot/verdict";
import type { SensorFact } from "../questions/sensor/facts.ts";

type Losses = NonNullable<SensorSummary["losses"]>;

/** A week at 100 events an hour, of which one was lost; six hours since, of which 80 were. */
export const LOST: Losses[Loss] = {
  lost0: 168,
  sent0: 16_800,
  lost: 480,
  sent: 600,
  k0: 168,
  c: 480,
  E0: 168,
  E: 6,
  hours: 6,
  hit: 6,
  phi: 1,
};

const NONE: Losses[Loss] = { ...LOST, lost0: 0, lost: 0, k0: 0, c: 0, hit: 0 };

/** A sensor of which only losses are known. */
export const lossesOnly = (losses: Partial<Losses>): SensorSummary => ({
  own: 12,
  others: null,
  losses: { limited: NONE, discarded: NONE, ...losses },
});

/** Other errors in every five minutes of a week, and none in the six hours since. */
export const QUIET: NonNullable<SensorSummary["others"]> = {
  k0: 2016,
  E0: 2016,
  c: 0,
  E: 72,
  lam: 0,
  phi: 1,
  quiet: 0,
  buckets: 72,
  late: { buckets: 72, E: 72, quiet: 0 },
};

/** A sensor whose quota is spent. */
export const DEAD: SensorFact = {
  state: "counted",
  summary: lossesOnly({ limited: LOST }),
  reasons: { limited: "rate_limited:error_usage_exceeded" },
};

/** A sensor that works. */
export const ALIVE: SensorFact = { state: "counted", summary: lossesOnly({}), reasons: {} };
