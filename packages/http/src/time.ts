/** The clock that waits and budgets are measured with, in milliseconds. Tests and simulations bring their own. */
export type Time = {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/** The machine's clock. */
export const systemTime: Time = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
