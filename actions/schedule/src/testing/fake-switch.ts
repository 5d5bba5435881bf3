import type { WorkflowSwitch } from "@patchpilot/github";
import type { KeptSchedule } from "@patchpilot/ledger";
import type { OpenWork } from "../facts.ts";
import type { SchedulePorts } from "../ports.ts";
import { TICK } from "./facts-of.ts";

/** A workflow and a ref as they could be behind the ports, and a clock that moves with each write. */
export type FakeSwitch = {
  readonly ports: SchedulePorts;
  /** What was written, in order. */
  readonly writes: string[];
  readonly state: { workflow: WorkflowSwitch | undefined; kept: KeptSchedule; work: OpenWork; now: number };
  readonly variables: Map<string, string>;
  /** Throws before (`false`) or after (`true`) the write of this number, from 1. */
  kill: { readonly write: number; readonly isMade: boolean } | undefined;
};

export function fakeSwitch(given: Partial<FakeSwitch["state"]> = {}): FakeSwitch {
  const kept: KeptSchedule = { note: undefined, notedAt: 0, oid: undefined, all: {} };
  const fake: FakeSwitch = {
    writes: [],
    variables: new Map(),
    kill: undefined,
    state: {
      workflow: { path: TICK, state: "active", updatedAt: 0 },
      kept,
      work: { open: [], watched: [] },
      now: 1_000_000,
      ...given,
    },
    ports: {
      isSweep: true,
      readWork: async () => fake.state.work,
      readWorkflow: async () => fake.state.workflow,
      readNote: async () => fake.state.kept,
      writeNote: async (_, from, note) =>
        write(fake, `note ${note.state}${note.seenAt === undefined ? "" : " seen"}`, () => {
          if (from.oid !== fake.state.kept.oid) return "raced" as const;
          fake.state.kept = { note, notedAt: fake.state.now, oid: `${fake.writes.length}`, all: {} };
          return fake.state.kept;
        }),
      switchWorkflow: async (to) =>
        write(fake, `switch ${to}`, () => {
          setState(fake, to === "on" ? "active" : "disabled_manually");
        }),
      readVariable: async (name) => fake.variables.get(name),
      writeVariable: async (name, value, isNew) =>
        write(fake, `${isNew ? "make" : "set"} ${name}=${value}`, () => void fake.variables.set(name, value)),
    },
  };
  return fake;
}

function write<T>(fake: FakeSwitch, name: string, make: () => T): T {
  fake.state.now += 1_000;
  fake.writes.push(name);
  const isKilled = fake.kill?.write === fake.writes.length;
  if (isKilled && fake.kill?.isMade !== true) throw new Error("killed");
  const made = make();
  if (isKilled) throw new Error("killed");
  return made;
}

/** What someone or GitHub does to the workflow. */
export function setState(fake: FakeSwitch, state: string): void {
  const { workflow, now } = fake.state;
  if (workflow !== undefined && workflow.state !== state)
    fake.state.workflow = { ...workflow, state, updatedAt: now };
}
