export type { BuiltInAction, BuiltInStep } from "./action/built-in-action.ts";
export { checkoutFrom } from "./built-in/checkout.ts";
export { downloadArtifact } from "./built-in/download-artifact.ts";
export { uploadArtifact } from "./built-in/upload-artifact.ts";
export type { Json } from "./expression/expression-data.ts";
export type { JobTokenRequest } from "./host.ts";
export type {
  Conclusion,
  JobRecord,
  RunnerEvent,
  RunRecord,
  StepRecord,
} from "./run/records.ts";
export { createRunner, type WorkflowRunner } from "./runner.ts";
export { type RunnerOptions, SYSTEM_PATH } from "./runner-options.ts";
