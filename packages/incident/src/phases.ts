/** The phases of an incident, in the order in which a healthy one walks them. */
export const PHASES = [
  "accepted",
  "working",
  "proposed",
  "verifying",
  "requeued",
  "needs-human",
  "recovered",
  "done",
  "dismissed",
] as const;
export type Phase = (typeof PHASES)[number];

export type Verb = "intake" | "perf-scan" | "impact" | "dispatch" | "verify-recovery";

/** The umbrella label of everything that PatchPilot owns. */
export const UMBRELLA_LABEL = "patchpilot";

/** Labels that people set; none of them is also a phase. */
export const COMMANDS = ["accept", "hold", "retry", "approved"] as const;
export type Command = (typeof COMMANDS)[number];

export const phaseLabel = (phase: Phase): string => `${UMBRELLA_LABEL}:${phase}`;
export const commandLabel = (command: Command): string => `${UMBRELLA_LABEL}:${command}`;

/**
 * The phase table, which docs/protocol.md prints: who moves an incident into a phase, who serves it there, and the clock or
 * the person that ends it. `waitsFor: "person"` phases have no owner among the actions on purpose. verify-recovery
 * looks at every open phase, for whoever makes the fix, production may show at any time that it helped.
 */
export const PHASE_TABLE: Readonly<
  Record<
    Phase,
    {
      readonly enteredBy: readonly Verb[];
      readonly servedBy: readonly Verb[];
      readonly waitsFor: "tick" | "person" | "clock";
      readonly next: readonly Phase[];
    }
  >
> = {
  accepted: {
    enteredBy: ["intake", "perf-scan"],
    servedBy: ["dispatch", "verify-recovery"],
    waitsFor: "tick",
    next: ["working", "verifying", "needs-human", "recovered", "done", "dismissed"],
  },
  working: {
    enteredBy: ["dispatch"],
    servedBy: ["dispatch", "verify-recovery"],
    waitsFor: "clock",
    next: ["proposed", "verifying", "requeued", "needs-human", "recovered", "done", "dismissed"],
  },
  proposed: {
    enteredBy: ["dispatch"],
    servedBy: ["dispatch", "verify-recovery"],
    waitsFor: "person",
    // A reviewer who asks for changes opens the next attempt at once.
    next: ["working", "verifying", "requeued", "needs-human", "recovered", "done", "dismissed"],
  },
  verifying: {
    enteredBy: ["dispatch", "verify-recovery"],
    servedBy: ["verify-recovery"],
    waitsFor: "clock",
    next: ["recovered", "done", "requeued", "needs-human", "dismissed"],
  },
  requeued: {
    enteredBy: ["verify-recovery", "dispatch"],
    servedBy: ["dispatch", "verify-recovery"],
    waitsFor: "tick",
    next: ["working", "verifying", "needs-human", "recovered", "done", "dismissed"],
  },
  "needs-human": {
    enteredBy: ["intake", "perf-scan", "dispatch", "verify-recovery"],
    servedBy: ["dispatch", "verify-recovery"],
    waitsFor: "person",
    next: ["working", "verifying", "recovered", "done", "dismissed"],
  },
  recovered: {
    enteredBy: ["verify-recovery"],
    servedBy: ["verify-recovery", "intake"],
    waitsFor: "clock",
    // A person who reopens it knows something that no number showed.
    next: ["accepted", "needs-human"],
  },
  // Nothing was measured, so nothing looks again: a person who reopens it says that it is not done.
  done: {
    enteredBy: ["verify-recovery"],
    servedBy: [],
    waitsFor: "person",
    next: ["needs-human"],
  },
  dismissed: {
    enteredBy: [],
    servedBy: ["intake"],
    waitsFor: "person",
    // A person who reopens it puts it back to where it was; intake accepts it anew.
    next: ["accepted", "working", "proposed", "verifying", "requeued", "needs-human"],
  },
};

/** Phases that an action looks for when `issues` is `auto`. */
export const phasesServedBy = (verb: Verb): Phase[] =>
  PHASES.filter((phase) => PHASE_TABLE[phase].servedBy.includes(verb));

/** Colours and descriptions of our labels, for creating the ones that a repository lacks. */
export const LABELS: readonly {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}[] = [
  { name: UMBRELLA_LABEL, color: "5319e7", description: "An incident that PatchPilot follows" },
  { name: phaseLabel("accepted"), color: "fbca04", description: "Accepted; a repair may be dispatched" },
  { name: phaseLabel("working"), color: "1d76db", description: "A repair attempt is in flight" },
  { name: phaseLabel("proposed"), color: "1d76db", description: "A draft pull request waits for review" },
  {
    name: phaseLabel("verifying"),
    color: "1d76db",
    description: "Fix merged; waiting for proof from production",
  },
  {
    name: phaseLabel("requeued"),
    color: "fbca04",
    description: "The last attempt did not help; another may start",
  },
  { name: phaseLabel("needs-human"), color: "d93f0b", description: "A person has to decide" },
  { name: phaseLabel("recovered"), color: "0e8a16", description: "Production proved the recovery" },
  {
    name: phaseLabel("done"),
    color: "0e8a16",
    description: "What was asked for is merged; nothing was measured",
  },
  { name: phaseLabel("dismissed"), color: "c5def5", description: "Closed by a person" },
  { name: commandLabel("accept"), color: "bfdadc", description: "Command: accept this incident" },
  { name: commandLabel("hold"), color: "bfdadc", description: "Command: hands off" },
  { name: commandLabel("retry"), color: "bfdadc", description: "Command: one more attempt" },
  {
    name: commandLabel("approved"),
    color: "bfdadc",
    description: "Command: carry out the plan that stands here",
  },
];
