import type { WorkflowSwitch } from "@patchpilot/github";
import type { KeptSchedule, ScheduleNote } from "@patchpilot/ledger";
import type { OpenWork } from "./facts.ts";

/** What `run` may touch. */
export type SchedulePorts = {
  /** Whether this run came by the clock, and not by something that happened. */
  readonly isSweep: boolean;
  readonly readWork: () => Promise<OpenWork>;
  /** undefined: GitHub knows no such workflow. */
  readonly readWorkflow: () => Promise<WorkflowSwitch | undefined>;
  readonly readNote: (path: string) => Promise<KeptSchedule>;
  readonly writeNote: (
    path: string,
    kept: KeptSchedule,
    note: ScheduleNote,
  ) => Promise<KeptSchedule | "raced">;
  readonly switchWorkflow: (to: "on" | "off") => Promise<void>;
  /** The variable that is used instead of the switch. */
  readonly readVariable: (name: string) => Promise<string | undefined>;
  readonly writeVariable: (name: string, value: string, isNew: boolean) => Promise<void>;
};
