import { describe, expect, it } from "vitest";
import {
  COMMANDS,
  commandLabel,
  LABELS,
  labelsOfCommand,
  PHASE_TABLE,
  PHASES,
  type Phase,
  phaseLabel,
  phasesServedBy,
  UMBRELLA_LABEL,
} from "./phases.ts";

const CLOSED: readonly Phase[] = ["recovered", "done", "dismissed"];

/** Every phase that can be reached from another. */
function reachableFrom(start: Phase): Set<Phase> {
  const reached = new Set<Phase>([start]);
  for (const phase of reached) for (const next of PHASE_TABLE[phase].next) reached.add(next);
  return reached;
}

describe.each(PHASES)("the phase %s", (phase) => {
  const row = PHASE_TABLE[phase];

  it("has an owner, or names the person that it waits for", () => {
    expect(row.servedBy.length > 0 || row.waitsFor === "person").toBe(true);
  });

  it("leads only to other phases", () => {
    expect(PHASES).toEqual(expect.arrayContaining([...row.next]));
    expect(row.next).not.toContain(phase);
  });

  it("is entered by an action, or by a person who closes the issue", () => {
    expect(row.enteredBy.length > 0 || phase === "dismissed").toBe(true);
  });

  it("is reached from acceptance, and leads back to a new episode", () => {
    expect(reachableFrom("accepted")).toContain(phase);
    expect(reachableFrom(phase)).toContain("accepted");
  });

  it("is left when a person closes or reopens the issue", () => {
    expect(row.next).toContain(CLOSED.includes(phase) ? "needs-human" : "dismissed");
  });
});

describe("the walk of a healthy incident", () => {
  it.each([
    ["accepted", "working"],
    ["working", "proposed"],
    ["proposed", "verifying"],
    ["verifying", "recovered"],
  ] as const)("leads from %s to %s", (from, to) => {
    expect(PHASE_TABLE[from].next).toContain(to);
  });
});

describe("the phases that an action serves", () => {
  it("are the ones that docs/protocol.md prints", () => {
    expect(phasesServedBy("dispatch")).toEqual([
      "accepted",
      "working",
      "proposed",
      "requeued",
      "needs-human",
    ]);
    expect(phasesServedBy("verify-recovery")).toEqual(
      PHASES.filter((phase) => phase !== "done" && phase !== "dismissed"),
    );
    expect(phasesServedBy("intake")).toEqual(["recovered", "dismissed"]);
    expect(phasesServedBy("impact")).toEqual([]);
  });
});

describe("the phases that an action moves an incident into", () => {
  it.each([
    ["intake", ["accepted", "needs-human"]],
    ["perf-scan", ["accepted", "needs-human"]],
    ["impact", []],
    ["dispatch", ["working", "proposed", "verifying", "requeued", "needs-human"]],
    ["verify-recovery", ["verifying", "requeued", "needs-human", "recovered", "done"]],
  ] as const)("by %s are %j", (verb, phases) => {
    expect(PHASES.filter((phase) => PHASE_TABLE[phase].enteredBy.includes(verb))).toEqual(phases);
  });

  it("have no other owner than an action", () => {
    const verbs = ["intake", "perf-scan", "impact", "dispatch", "verify-recovery"];
    const owners = PHASES.flatMap((phase) => [
      ...PHASE_TABLE[phase].enteredBy,
      ...PHASE_TABLE[phase].servedBy,
    ]);
    expect(owners.filter((owner) => !verbs.includes(owner))).toEqual([]);
  });
});

describe("the phases that wait", () => {
  it.each([
    ["tick", ["accepted", "requeued"]],
    ["clock", ["working", "verifying", "recovered"]],
    ["person", ["proposed", "needs-human", "done", "dismissed"]],
  ] as const)("for a %s are %j", (waitsFor, phases) => {
    expect(PHASES.filter((phase) => PHASE_TABLE[phase].waitsFor === waitsFor)).toEqual(phases);
  });
});

describe("our labels", () => {
  const names = LABELS.map(({ name }) => name);

  it("are one umbrella, one for each phase and one for each command", () => {
    expect(names.toSorted()).toEqual(
      [UMBRELLA_LABEL, ...PHASES.map(phaseLabel), ...COMMANDS.map(commandLabel)].toSorted(),
    );
  });

  it("never mean a phase and a command at once", () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it("are named once where a name was changed: the former ones are heard and never made", () => {
    const former = COMMANDS.flatMap((command) => labelsOfCommand(command).slice(1));
    expect(former).toEqual(["patchpilot:accept", "patchpilot:approved"]);
    expect(names.filter((name) => former.includes(name))).toEqual([]);
  });

  it("have the colour of whose turn it is", () => {
    const colours = new Map(LABELS.map(({ name, color }) => [name, color]));
    const ofPhases = (...phases: Phase[]) => new Set(phases.map((phase) => colours.get(phaseLabel(phase))));
    const groups = [
      ofPhases("accepted", "working", "verifying", "requeued"),
      ofPhases("proposed"),
      ofPhases("needs-human"),
      ofPhases("recovered", "done"),
      ofPhases("dismissed"),
      new Set(COMMANDS.map((command) => colours.get(commandLabel(command)))),
    ];
    expect(groups.map(({ size }) => size)).toEqual(groups.map(() => 1));
    expect(new Set(groups.flatMap((group) => [...group])).size).toBe(groups.length);
  });

  it("are each described, and differently", () => {
    const described = LABELS.map(({ description }) => description).filter((text) => text.length > 0);
    expect(new Set(described).size).toBe(LABELS.length);
  });

  it("say that it is your turn where a phase waits for what you decide", () => {
    const yours = LABELS.filter(({ description }) => description.startsWith("Your turn: "));
    expect(yours.map(({ name }) => name)).toEqual([phaseLabel("proposed"), phaseLabel("needs-human")]);
  });

  it("say what a command does", () => {
    const commands = LABELS.filter(({ description }) => description.startsWith("Command: "));
    expect(Object.fromEntries(commands.map(({ name, description }) => [name, description]))).toEqual({
      "patchpilot:take-on": "Command: take this issue on, of any author and severity",
      "patchpilot:hold": "Command: leave this issue alone",
      "patchpilot:retry": "Command: make one more attempt",
      "patchpilot:go-ahead": "Command: carry out the plan, or publish without the proof",
    });
  });

  it("fit GitHub's limits", () => {
    for (const { color, description } of LABELS) {
      expect(color).toMatch(/^[0-9a-f]{6}$/);
      expect(description.length).toBeLessThanOrEqual(100);
    }
  });
});
