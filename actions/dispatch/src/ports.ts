import type { Job } from "@patchpilot/action-kit";
import type { InputsOf } from "@patchpilot/action-kit/contract";
import { type GitHub, openGitHub, type RepositoryName, repositoryName, type Wires } from "@patchpilot/github";
import { type Belief, beliefOf } from "@patchpilot/ledger";
import type { contract } from "./contract.ts";

export type Inputs = InputsOf<typeof contract>;

/** What `run` may touch. */
export type Ports = {
  /** The repository that holds the incidents: records, labels, claims. */
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** The repository that is repaired: gates, runs, pull requests, the dispatch itself. */
  readonly target: GitHub;
  readonly targetRepository: RepositoryName;
  readonly sameRepository: boolean;
  readonly belief: (repositoryId: number) => Belief;
  /** Number of the issue that started this run, if one did. */
  readonly eventIssue: number | undefined;
  readonly run: { readonly id: string; readonly attempt: number };
  /** github.com answers `return_run_details`; GitHub Enterprise Server refuses it. */
  readonly isEnterpriseServer: boolean;
};

/** Builds the ports from inputs and job. */
export function connect(inputs: Inputs, job: Job, wires: Wires = {}): Ports {
  const { environment } = job;
  const open = (token: string | undefined) =>
    openGitHub({ ...environment, secrets: job.secrets, token }, wires);
  const github = open(inputs["github-token"]);
  const repository = inputs.repository ?? environment.repository;
  const target = inputs["target-repository"] ?? repository;
  const { issue = {} } = environment.event as { issue?: { number?: number; pull_request?: unknown } };
  // The event is about an issue of the workflow's own repository, which need not be the one that holds the incidents.
  const isEventHere = repository.toLowerCase() === environment.repository.toLowerCase();
  return {
    github,
    repository: repositoryName(repository),
    target: inputs["target-token"] ? open(inputs["target-token"]) : github,
    targetRepository: repositoryName(target),
    sameRepository: target.toLowerCase() === repository.toLowerCase(),
    belief: beliefOf(inputs["state-key"], inputs["trusted-authors"]),
    eventIssue: isEventHere && issue.pull_request === undefined ? issue.number : undefined,
    run: { id: environment.runId, attempt: environment.runAttempt },
    isEnterpriseServer: /\/api\/v3$/.test(environment.apiUrl),
  };
}
