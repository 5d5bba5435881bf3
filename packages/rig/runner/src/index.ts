export type { BuiltInAction, BuiltInStep } from "./action/built-in-action.ts";
export type {
  ArtifactListener,
  ArtifactStore,
  StoredArtifact,
} from "./built-in/artifact-store.ts";
export { checkoutFrom } from "./built-in/checkout.ts";
export { downloadArtifact } from "./built-in/download-artifact.ts";
export { uploadArtifact } from "./built-in/upload-artifact.ts";
export type { CancelGrace, Delay } from "./contract/child-process.ts";
export type { WorkflowEvent } from "./event/workflow-event.ts";
export type { Json } from "./expression/expression-data.ts";
export type { JobTokenRequest, RunnerRepository as Repository, Urls } from "./host.ts";
export type {
  Annotation,
  Conclusion,
  JobRecord,
  RunnerEvent,
  RunRecord,
  RunStatus,
  StepRecord,
} from "./run/records.ts";
export { createRunner, type StartedRun, type WorkflowRunner } from "./runner.ts";
export { type RunnerOptions, SYSTEM_PATH } from "./runner-options.ts";
