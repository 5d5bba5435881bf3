import { readInReach } from "@patchpilot/github";
import { parseKey, type WorkOrder } from "@patchpilot/incident";
import type { Continuation } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import type { Attempt, AttemptInputs } from "./attempt-inputs.ts";
import type { AttemptFacts } from "./decide.ts";

/** The attempt that a key names, and the repository that holds its incident. */
export function findAttempt(
  inputs: AttemptInputs,
  order: WorkOrder | undefined,
  target: ProposeTarget,
  ports: ProposePorts,
): Attempt {
  const name = parseKey(inputs.key) ?? { repositoryId: 0, issue: 0, attempt: 0 };
  // What the jobs before were given to test with.
  const given = { ...inputs, recipe: inputs.recipe ?? order?.recipe };
  const attempt = { inputs: given, order, name, continues: readContinuation(order) };
  if (name.repositoryId === target.repositoryId)
    return { ...attempt, repository: ports.repository, elsewhere: undefined };
  const named = order?.repository ?? (inputs.repository === ports.repository ? undefined : inputs.repository);
  if (named === undefined)
    throw new Error(
      `The key ${inputs.key} belongs to another repository. Name it in \`repository\`: the pull request refers to its issue.`,
    );
  return { ...attempt, repository: named, elsewhere: named };
}

/** Where the work order says that the attempt goes on with an earlier one's pull request. */
const readContinuation = (order: WorkOrder | undefined): Continuation | undefined =>
  order?.branch === undefined || order.pullRequest === undefined || order.expectedHead === undefined
    ? undefined
    : { branch: order.branch, pullRequest: order.pullRequest, head: order.expectedHead };

export const readAttemptFacts = async (
  { inputs, name, repository, elsewhere }: Attempt,
  ports: ProposePorts,
): Promise<AttemptFacts> => ({
  gate: await ports.readGate(inputs.key),
  pullRequest: await ports.findPullRequest(inputs.branch),
  // dispatch and the gate look after an incident that is out of this job's reach.
  issue: await readInReach(elsewhere !== undefined, () => ports.readIssue(repository, name.issue)),
});
