/** How many of each there is room for. */
export const ROOM = { issues: 2, attempts: 4, dispatchers: 4, workers: 6 } as const;
/** The run that plays alone once faults have stopped. */
export const FAIR_RUN = ROOM.dispatchers - 1;

/** What is there once. */
export const AT = {
  /** In ticks. */
  clock: 0,
  /** Faults so far, and deeds of people. */
  faults: 1,
  deeds: 2,
  /** One place whose last change a replica does not show yet, plus 1, and what that shows. */
  lagging: 3,
  lagged: 4,
  /** The sum of the month: what its ref says. */
  book: 5,
  end: 6,
} as const;

/** Of an issue: what people did to it, its records, and what the invariants remember. */
export const MODEL_ISSUE = { face: 0, said: 1, verdict: 2, highest: 3, approved: 4, end: 5 } as const;
/** Of an attempt of an issue: its record and plan, its refs, its branch, and what the invariants remember. */
export const ATTEMPT = {
  record: 0,
  plan: 1,
  claim: 2,
  gate: 3,
  branch: 4,
  passed: 5,
  sent: 6,
  end: 7,
} as const;
/** Of a run of dispatch. `sawGate`: whether the gate was there when it took the attempt over. */
export const RUN = {
  step: 0,
  issue: 1,
  view: 2,
  closed: 3,
  book: 4,
  claim: 5,
  sent: 6,
  tries: 7,
  sawGate: 8,
  end: 9,
} as const;
/** Of a worker's run. `shown`: what the run list says of it. */
export const WORKER = {
  ...{ step: 0, order: 1, shown: 2, gate: 3, tries: 4, claimed: 5, head: 6, read: 7, left: 8 },
  end: 9,
} as const;
