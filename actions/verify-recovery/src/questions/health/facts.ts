/** Whether the app answers. */
export type HealthFact = {
  /** `off`: no health-url is set. `unknown`: nothing can be said, for example its name did not resolve. */
  readonly state: "healthy" | "unhealthy" | "unknown" | "off";
  readonly detail: string;
  /** What to do about it, in one sentence; absent if the answer does not show it. */
  readonly remedy?: string;
};
