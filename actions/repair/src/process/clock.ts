/** Time as the loop sees it, so that tests need not wait. Milliseconds. */
export type Clock = {
  readonly now: () => number;
  /** Calls `act` once, later. @returns how to call it off */
  readonly after: (milliseconds: number, act: () => void) => () => void;
};

export const realClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};
