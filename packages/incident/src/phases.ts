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

/** Labels that people set; none of them is also a phase, or looks like one in GitHub's list. */
export const COMMANDS = ["take-on", "hold", "retry", "go-ahead"] as const;
export type Command = (typeof COMMANDS)[number];

export const phaseLabel = (phase: Phase): string => `${UMBRELLA_LABEL}:${phase}`;
export const commandLabel = (command: Command): string => `${UMBRELLA_LABEL}:${command}`;

/** What a label was called before: it still counts until 2.0, and is never made anew. */
const FORMER_LABELS: { readonly [command in Command]?: string } = {
  "take-on": `${UMBRELLA_LABEL}:accept`,
  "go-ahead": `${UMBRELLA_LABEL}:approved`,
};

/** Every label that gives a command. */
export const labelsOfCommand = (command: Command): string[] => [
  commandLabel(command),
  ...(FORMER_LABELS[command] === undefined ? [] : [FORMER_LABELS[command]]),
];

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

/** Colours by whose turn it is: PatchPilot's is blue, yours is orange or red, and what ended well is green. */
const BLUE = "1d76db";
const GREEN = "0e8a16";
const NEUTRAL = "ededed";

// Each phase keeps its label: actions find the incidents that they serve by it.
const PHASE_LABELS: Readonly<Record<Phase, readonly [color: string, description: string]>> = {
  accepted: [BLUE, "Accepted; a repair may start"],
  working: [BLUE, "An agent works on it"],
  proposed: ["f2994a", "Your turn: review the draft pull request"],
  verifying: [BLUE, "Merged; PatchPilot follows it in production"],
  requeued: [BLUE, "The last attempt is over; another may start"],
  "needs-human": ["d93f0b", "Your turn: the first comment says what to do"],
  recovered: [GREEN, "Production shows that it is repaired"],
  done: [GREEN, "Merged and live; nothing was measured"],
  dismissed: ["8b949e", "Someone closed it by hand"],
};

const COMMAND_LABELS: Readonly<Record<Command, string>> = {
  "take-on": "take this issue on, of any author and severity",
  hold: "leave this issue alone",
  retry: "make one more attempt",
  "go-ahead": "carry out the plan, or publish without the proof",
};

const label = (name: string, color: string, description: string) => ({ name, color, description });

/** Colours and descriptions of our labels, for creating the ones that a repository lacks. */
export const LABELS = [
  label(UMBRELLA_LABEL, "5319e7", "PatchPilot follows this issue"),
  ...PHASES.map((phase) => label(phaseLabel(phase), ...PHASE_LABELS[phase])),
  ...COMMANDS.map((command) => label(commandLabel(command), NEUTRAL, `Command: ${COMMAND_LABELS[command]}`)),
];
