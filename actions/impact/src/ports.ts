import type { PostHog } from "@patchpilot/posthog";
import type { CaseRecord, ImpactReading } from "./facts.ts";

/** What `run` may touch. */
export type ImpactPorts = {
  readonly readCases: () => Promise<ImpactReading>;
  /** Writes records; sentences on what was refused. */
  readonly apply: (records: readonly CaseRecord[]) => Promise<readonly string[]>;
  /** Undefined: PostHog is not configured. */
  readonly countEvents: PostHog["countEvents"] | undefined;
};
