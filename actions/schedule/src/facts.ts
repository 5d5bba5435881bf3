import type { WorkflowSwitch } from "@patchpilot/github";
import type { KeptSchedule } from "@patchpilot/ledger";

/** What keeps the schedule running. */
export type OpenWork = {
  /** Open incidents that nobody holds. */
  readonly open: readonly number[];
  /** Incidents that were closed as recovered in the last seven days. */
  readonly watched: readonly number[];
};

/** The workflow, and what PatchPilot last did to it. */
export type SwitchFacts = { readonly workflow: WorkflowSwitch; readonly kept: KeptSchedule };
