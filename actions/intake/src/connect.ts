import { connectCode } from "@patchpilot/acceptance";
import { findEventIssue, type Job } from "@patchpilot/action-kit";
import { openSentry } from "@patchpilot/connections";
import {
  openAttachments,
  openGitHub,
  readFileTexts,
  readPermission,
  repositoryName,
  type Wires,
} from "@patchpilot/github";
import { makeBelief } from "@patchpilot/ledger";
import { connectIntakeStore } from "./connect/incidents.ts";
import { toPossibleFix } from "./connect/pulls.ts";
import type { IntakeInputs } from "./contract.ts";
import type { IntakePorts, SentryReader } from "./ports.ts";
import { readingAhead } from "./read/ahead.ts";

/** Builds the ports from inputs and job. */
export function connect(inputs: IntakeInputs, job: Job, wires: Wires = {}): IntakePorts {
  const { environment, secrets } = job;
  const github = openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires);
  const fullName = inputs.repository ?? environment.repository;
  const repository = repositoryName(fullName);
  const { readPulls, ...incidents } = connectIntakeStore(github, repository, {
    belief: makeBelief(inputs["state-key"], inputs["trusted-authors"]),
    run: `${environment.runId}.${environment.runAttempt}`,
    notify: inputs.notify,
  });
  const ports: IntakePorts = {
    eventIssue: findEventIssue(environment, fullName),
    starter: findStarter(environment),
    incidents,
    code: {
      ...connectCode(github, repository),
      readTexts: (paths) => readFileTexts(github, repository, paths),
      listOpenPullRequests: async () => (await readPulls()).map(toPossibleFix),
    },
    sentry: connectReader(inputs, job, wires),
    mayWrite: async (login) => ["admin", "write"].includes(await readPermission(github, repository, login)),
    attachments: { serverUrl: environment.serverUrl, read: openAttachments({ secrets, ...wires }) },
    secrets: Object.values(secrets),
  };
  return readingAhead(ports, inputs.environment);
}

function findStarter({ eventName, event, runId }: Job["environment"]): IntakePorts["starter"] {
  const { sender } = event as { sender?: { login?: string; type?: string } };
  if (eventName !== "workflow_dispatch" || sender?.type !== "User" || !sender.login) return undefined;
  return { login: sender.login, key: `task:${runId}` };
}

/** @throws Error with a sentence for a token without an organization. */
function connectReader(inputs: IntakeInputs, { secrets }: Job, wires: Wires): SentryReader | null {
  const token = inputs["sentry-token"];
  const organization = inputs["sentry-org"];
  if (!token) return null;
  if (!organization)
    throw new Error(
      "`sentry-token` is set and `sentry-org` is not: pass the organization's slug, as in https://<slug>.sentry.io.",
    );
  return openSentry(inputs, { token, organization }, { secrets, ...wires });
}
