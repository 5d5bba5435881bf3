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
  readonly jobs: readonly Job[];
};

export type Job = {
  readonly id: string;
  readonly name: ScalarToken;
  readonly needs: readonly string[];
  readonly condition: BasicExpressionToken;
  readonly runsOn: TemplateToken;
  readonly timeoutMinutes?: TemplateToken;
  readonly permissions?: PermissionSetting;
  readonly concurrency?: TemplateToken;
  readonly env?: TemplateToken;
  readonly runDefaults?: TemplateToken;
  readonly strategy?: TemplateToken;
  readonly outputs?: TemplateToken;
  readonly steps: readonly Step[];
};

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
