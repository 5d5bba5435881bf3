import { findEventIssue, type Job } from "@patchpilot/action-kit";
import { openAside, openGitHub, repositoryName, type Wires } from "@patchpilot/github";
import { makeBelief } from "@patchpilot/ledger";
import type { Inputs } from "./contract.ts";
import type { Ports } from "./ports.ts";

/** For what earlier attempts teach: a brown-out must not hold up the dispatch for long. */
const ASIDE_BUDGET = { requests: 60, ms: 60_000 };

/** Builds the ports from inputs and job. */
export function connect(inputs: Inputs, job: Job, wires: Wires = {}): Ports {
  const { environment } = job;
  const accessOf = (token: string | undefined) => ({ ...environment, secrets: job.secrets, token });
  const open = (token: string | undefined) => openGitHub(accessOf(token), wires);
  const github = open(inputs["github-token"]);
  const repository = inputs.repository ?? environment.repository;
  const target = inputs["target-repository"] ?? repository;
  return {
    github,
    repository: repositoryName(repository),
    target: inputs["target-token"] ? open(inputs["target-token"]) : github,
    targetRepository: repositoryName(target),
    sameRepository: target.toLowerCase() === repository.toLowerCase(),
    openAside: () =>
      openAside(accessOf(inputs["target-token"] ?? inputs["github-token"]), ASIDE_BUDGET, wires),
    secrets: Object.values(job.secrets),
    belief: makeBelief(inputs["state-key"], inputs["trusted-authors"]),
    eventIssue: findEventIssue(environment, repository),
    run: { id: environment.runId, attempt: environment.runAttempt },
    isEnterpriseServer: /\/api\/v3$/.test(environment.apiUrl),
  };
}
