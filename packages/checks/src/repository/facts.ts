import type { KnownWorkflow } from "@patchpilot/github";
import type { Answer } from "../asking.ts";

/** How `dispatch` starts the repair workflow, and whether this run may try what it may write. */
export type RepositorySettings = {
  readonly "state-key"?: string | undefined;
  /** Further accounts whose records count. */
  readonly "trusted-authors": readonly string[];
  readonly via: "repository_dispatch" | "workflow_dispatch";
  /** Type of the `repository_dispatch` event. */
  readonly "event-type": string;
  /** File name of the repair workflow. */
  readonly workflow: string;
  /** The agent that `dispatch` names in its orders. */
  readonly agent: string;
  /** Set if the repair workflow is in another repository. */
  readonly "target-repository"?: string | undefined;
  /** `stop` is set: nothing is tried that writes. */
  readonly stopped: boolean;
};

/** A workflow file that was read. */
export type WorkflowFile = KnownWorkflow & { readonly text: string };

/** Records as they were found on issues. */
export type RecordFacts = { readonly believed: number; readonly rejected: number };

/** What GitHub answered. What was not asked is absent. */
export type RepositoryFacts = {
  readonly visibility: Answer<string>;
  /** Labels that were made; those that exist stay as they are. */
  readonly labels?: Answer<number>;
  /** Whether a ref under refs/patchpilot could be made and deleted; what GitHub said if not. */
  readonly refs?: Answer<string | undefined>;
  readonly pulls: Answer<number>;
  readonly workflows: Answer<readonly KnownWorkflow[]>;
  /** The workflow file that hears `dispatch`; undefined: none does. */
  readonly repair?: Answer<WorkflowFile | undefined>;
  /** Names at the top of .github/patchpilot.yml; undefined: there is no such file. */
  readonly options: Answer<readonly string[] | undefined>;
  readonly records: Answer<RecordFacts>;
};
