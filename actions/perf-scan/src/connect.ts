import { connectCode } from "@patchpilot/acceptance";
import type { Job } from "@patchpilot/action-kit";
import { compareCommits, openGitHub, repositoryName, type Wires } from "@patchpilot/github";
import { makeBelief } from "@patchpilot/ledger";
import { connectScanStore } from "./connect/incidents.ts";
import { connectSpans } from "./connect/spans.ts";
import type { PerfScanInputs } from "./contract.ts";
import type { PerfScanPorts } from "./ports.ts";

/**
 * Builds the ports from inputs and job.
 * @throws Error with a sentence if Sentry cannot be asked.
 */
export function connect(inputs: PerfScanInputs, job: Job, wires: Wires = {}): PerfScanPorts {
  const { environment, secrets } = job;
  const github = openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires);
  const repository = repositoryName(inputs.repository ?? environment.repository);
  return {
    incidents: connectScanStore(github, repository, {
      belief: makeBelief(inputs["state-key"], inputs["trusted-authors"]),
      run: `${environment.runId}.${environment.runAttempt}`,
      notify: inputs.notify,
    }),
    code: {
      ...connectCode(github, repository),
      compare: (base, head) => compareCommits(github, repository, { base, head }),
    },
    spans: connectSpans(inputs, job, wires),
    secrets: Object.values(secrets),
  };
}
