import type { ScheduleNote } from "@patchpilot/ledger";
import type { SwitchFacts } from "../facts.ts";

export const TICK = ".github/workflows/patchpilot-tick.yml";

/** The facts of a workflow; by default an active one that PatchPilot never switched. */
export const factsOf = ({
  state = "active",
  updatedAt = 1_000,
  note,
  notedAt = 0,
}: {
  readonly state?: string;
  readonly updatedAt?: number;
  readonly note?: ScheduleNote;
  readonly notedAt?: number;
} = {}): SwitchFacts => ({
  workflow: { path: TICK, state, updatedAt },
  kept: { note, notedAt, oid: note && "c0ffee", all: {} },
});
