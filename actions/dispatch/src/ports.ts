import type { Aside, GitHub, RepositoryName } from "@patchpilot/github";
import type { Belief } from "@patchpilot/ledger";

/** What `run` may touch. */
export type Ports = {
  /** The repository that holds the incidents: records, labels, claims. */
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** The repository that is repaired: gates, runs, pull requests, the dispatch itself. */
  readonly target: GitHub;
  readonly targetRepository: RepositoryName;
  readonly sameRepository: boolean;
  /** Opens the connection to the target for reads that the run can do without. */
  readonly openAside: () => Aside;
  /** Values of the job's secrets, which no text of a work order may show. */
  readonly secrets: readonly string[];
  readonly belief: (repositoryId: number) => Belief;
  /** Number of the issue that started this run, if one did. */
  readonly eventIssue: number | undefined;
  readonly run: { readonly id: string; readonly attempt: number };
  /** github.com answers `return_run_details`; GitHub Enterprise Server refuses it. */
  readonly isEnterpriseServer: boolean;
};
