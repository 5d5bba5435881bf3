import type { ActionStep } from "@patchpilot/workflow";
import type { JobSession } from "./job-session.ts";

/** A `uses:` step with what its tasks share: its part of the github context and the state that they save. */
export type ActionUse = {
  readonly session: JobSession;
  readonly step: ActionStep;
  readonly github: Record<string, string>;
  readonly state: Record<string, string>;
};
