import type { BasicExpressionToken, EventsConfig, ScalarToken, TemplateToken } from "../github-parser.ts";
import type { PermissionSetting } from "./permissions.ts";

/** A workflow file that GitHub's parser accepts and this runner can run. Values stay tokens until they are evaluated. */
export type Workflow = {
  /** File name inside `.github/workflows`. */
  readonly file: string;
  readonly name: string;
  readonly runName?: TemplateToken;
  readonly events: EventsConfig;
  readonly permissions?: PermissionSetting;
  readonly concurrency?: TemplateToken;
  readonly env?: TemplateToken;
  readonly runDefaults?: TemplateToken;
  /** What other workflows pass in and get back, where `on` has `workflow_call`. */
  readonly call?: CallInterface;
  readonly jobs: readonly WorkflowJob[];
};

/** The inputs and outputs under `on.workflow_call`. GitHub's parser has checked the secrets that callers pass. */
export type CallInterface = {
  readonly inputs: Readonly<Record<string, CallInput>>;
  /** By name: an expression over the `jobs` context. */
  readonly outputs: Readonly<Record<string, TemplateToken>>;
};

export type CallInput = {
  readonly type: "boolean" | "number" | "string";
  readonly fallback?: TemplateToken;
};

type JobCommon = {
  readonly id: string;
  readonly name: ScalarToken;
  readonly needs: readonly string[];
  readonly condition: BasicExpressionToken;
  readonly permissions?: PermissionSetting;
  readonly concurrency?: TemplateToken;
};

/** A job that runs another workflow: its jobs, with this one's permissions as their limit. */
export type CallJob = JobCommon & {
  readonly kind: "call";
  readonly uses: string;
  readonly with?: TemplateToken;
  /** A mapping, or `inherit`; absent: none are passed. */
  readonly secrets?: TemplateToken;
  /** Absent where nobody gave the text of that workflow. */
  readonly called?: Workflow;
};

/** A job with steps. */
export type StepsJob = JobCommon & {
  readonly kind: "steps";
  readonly runsOn: TemplateToken;
  readonly timeoutMinutes?: TemplateToken;
  readonly env?: TemplateToken;
  readonly runDefaults?: TemplateToken;
  readonly strategy?: TemplateToken;
  readonly outputs?: TemplateToken;
  readonly steps: readonly Step[];
};

export type WorkflowJob = StepsJob | CallJob;

type StepCommon = {
  /** The id that the author gave; steps without one are not in the `steps` context. */
  readonly id?: string;
  readonly name?: TemplateToken;
  readonly condition: BasicExpressionToken;
  readonly env?: TemplateToken;
  readonly continueOnError?: TemplateToken;
  readonly timeoutMinutes?: TemplateToken;
};

export type ScriptStep = StepCommon & {
  readonly kind: "script";
  readonly run: TemplateToken;
  readonly shell?: TemplateToken;
  readonly workingDirectory?: TemplateToken;
};

export type ActionStep = StepCommon & {
  readonly kind: "action";
  readonly uses: string;
  readonly with?: TemplateToken;
};

export type Step = ScriptStep | ActionStep;
