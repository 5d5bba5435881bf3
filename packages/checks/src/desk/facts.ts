import type {
  ActionsPolicy,
  BranchProtection,
  JobEnvironment,
  KnownWorkflow,
  NamesPlace,
  OrganizationApp,
  RepositoryName,
  RepositoryProfile,
  RepositoryRuleset,
  SelectedActions,
  SettingKind,
} from "@patchpilot/github";
import type { Answer } from "../asking.ts";
import type { ParsedWorkflow } from "./parse-workflow.ts";

/** What the checks at the desk need beside GitHub. */
export type DeskSettings = {
  /** Where GitHub's pages are, without a slash at the end: `https://github.com`. */
  readonly "server-url": string;
};

/** A workflow file of the default branch. */
export type DeskWorkflow = KnownWorkflow & ParsedWorkflow;

/** The names that are set in one place. */
export type NameList = {
  readonly kind: SettingKind;
  readonly place: NamesPlace;
  readonly names: Answer<readonly string[]>;
};

/** A workflow's schedule, and when it last started a run; undefined: never. */
export type ScheduleFacts = {
  readonly workflow: DeskWorkflow;
  readonly newest: Answer<string | undefined>;
};

/** What GitHub answered to someone at the desk. What was not asked is absent. */
export type DeskFacts = {
  /** By GitHub's clock. */
  readonly now: Date;
  readonly place: RepositoryName;
  readonly profile: Answer<RepositoryProfile>;
  readonly policy: Answer<ActionsPolicy>;
  readonly selected?: Answer<SelectedActions>;
  readonly pulls: Answer<boolean>;
  readonly workflows: Answer<readonly DeskWorkflow[]>;
  readonly schedules: readonly ScheduleFacts[];
  readonly environments?: Answer<readonly JobEnvironment[]>;
  readonly names: readonly NameList[];
  readonly rulesets: Answer<readonly RepositoryRuleset[] | undefined>;
  readonly protections: Answer<readonly BranchProtection[] | undefined>;
  /** Absent: a user owns the repository. */
  readonly apps?: Answer<readonly OrganizationApp[]>;
};
