import { isStopped } from "@patchpilot/action-kit/contract";
import { readInReach } from "@patchpilot/github";
import { parseKey, type WorkOrder } from "@patchpilot/incident";
import type { Continuation } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import type { AttemptInputs } from "./attempt-inputs.ts";
import type { AttemptFacts } from "./decide.ts";

/** The incident that a key names, and the repository that holds it. */
export type IncidentName = {
  readonly issue: number;
  readonly attempt: number;
  /** owner/name of the incident's repository; undefined: nobody says which one. */
  readonly repository: string | undefined;
  /** Set where it is not the repository that is repaired. */
  readonly elsewhere: string | undefined;
};

export function findIncident(
  inputs: AttemptInputs,
  order: WorkOrder | undefined,
  target: ProposeTarget,
  ports: ProposePorts,
): IncidentName {
  const { repositoryId, issue, attempt } = parseKey(inputs.key) ?? { repositoryId: 0, issue: 0, attempt: 0 };
  if (repositoryId === target.repositoryId)
    return { issue, attempt, repository: ports.repository, elsewhere: undefined };
  const named = order?.repository ?? (inputs.repository === ports.repository ? undefined : inputs.repository);
  if (named === undefined)
    throw new Error(
      `The key ${inputs.key} belongs to another repository. Name it in \`repository\`, so that the pull request can refer to its issue.`,
    );
  return { issue, attempt, repository: named, elsewhere: named };
}

/** Where the work order says that the attempt goes on with an earlier one's pull request. */
export const readContinuation = (order: WorkOrder | undefined): Continuation | undefined =>
  order?.branch === undefined || order.pullRequest === undefined || order.expectedHead === undefined
    ? undefined
    : { branch: order.branch, pullRequest: order.pullRequest, head: order.expectedHead };

export async function readAttemptFacts(
  inputs: AttemptInputs,
  incident: IncidentName,
  order: WorkOrder | undefined,
  ports: ProposePorts,
): Promise<AttemptFacts> {
  return {
    key: inputs.key,
    branch: inputs.branch,
    elsewhere: incident.elsewhere !== undefined,
    selected: inputs.issues,
    stopped: isStopped(inputs.stop),
    run: ports.run,
    gate: await ports.readGate(inputs.key),
    pullRequest: await ports.findPullRequest(inputs.branch),
    // dispatch and the gate look after an incident that is out of this job's reach.
    issue: await readInReach(incident.elsewhere !== undefined, () =>
      ports.readIssue(incident.repository ?? ports.repository, incident.issue),
    ),
    continues: readContinuation(order),
    baseSha: inputs["base-sha"],
  };
}
