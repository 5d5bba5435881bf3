/** What must be true beside the counts, with what stands in the way of "recovered" while it is not. */
export const BLOCKER_OF_GATE = {
  /** A live deployment contains the fix. */
  deployed: "not-deployed",
  /** There is traffic now. */
  alive: "no-traffic",
  /** The health probe answers. */
  healthy: "unhealthy",
  /** No other issue took the errors over. */
  noSibling: "sibling",
  /** The sampling rate did not change at the deploy. */
  sameSampling: "sampling",
  /** No release without the fix still raises a large part of the errors. */
  rolledOut: "old-releases",
  /** The deployment has run for longer than the error took to begin after earlier ones. */
  uptime: "uptime",
  /** Errors would arrive if there were any. */
  sensorAlive: "sensor",
} as const;

export type GateName = keyof typeof BLOCKER_OF_GATE;
export type GateBlocker = (typeof BLOCKER_OF_GATE)[GateName];

/** Each is true unless said otherwise. */
export type Gates = { readonly [Gate in GateName]: boolean };

export const GATES = Object.keys(BLOCKER_OF_GATE) as readonly GateName[];
