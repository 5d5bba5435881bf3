/** Before which request a worker's run is. `event`: GitHub has the dispatch, and its run has not come up. */
export const WORK = {
  ...{
    none: 0,
    event: 1,
    issue: 2,
    gate: 3,
    head: 4,
    pass: 5,
    passRead: 6,
    agent: 7,
    publishGate: 8,
    publishPull: 9,
  },
  ...{ move: 10, moveRead: 11, push: 12, tip: 13, open: 14, find: 15, headRead: 16, headWrite: 17, plan: 18 },
  ...{ ended: 19, dead: 20 },
} as const;

export const FIRST_REQUEST = WORK.event;
