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
    // A person who reopens it knows something that no number showed. What production lost waits to be deployed again.
    next: ["accepted", "verifying", "needs-human"],
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

const PHASE_LABELS: Readonly<Record<Phase, readonly [color: string, description: string]>> = {
  accepted: ["fbca04", "Accepted; a repair may be dispatched"],
  working: ["1d76db", "A repair attempt is in flight"],
  proposed: ["1d76db", "A draft pull request waits for review"],
  verifying: ["1d76db", "Fix merged; waiting for proof from production"],
  requeued: ["fbca04", "The last attempt did not help; another may start"],
  "needs-human": ["d93f0b", "A person has to decide"],
  recovered: ["0e8a16", "Production proved the recovery"],
  done: ["0e8a16", "What was asked for is merged; nothing was measured"],
  dismissed: ["c5def5", "Closed by a person"],
};

const COMMAND_LABELS: Readonly<Record<Command, string>> = {
  accept: "accept this incident",
  hold: "hands off",
  retry: "one more attempt",
  approved: "carry out the plan that stands here",
};

const label = (name: string, color: string, description: string) => ({ name, color, description });

/** Colours and descriptions of our labels, for creating the ones that a repository lacks. */
export const LABELS = [
  label(UMBRELLA_LABEL, "5319e7", "An incident that PatchPilot follows"),
  ...PHASES.map((phase) => label(phaseLabel(phase), ...PHASE_LABELS[phase])),
  ...COMMANDS.map((command) => label(commandLabel(command), "bfdadc", `Command: ${COMMAND_LABELS[command]}`)),
];
