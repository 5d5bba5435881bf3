import { createHash } from "node:crypto";
import { isStopped } from "@patchpilot/action-kit/contract";
import { readInReach } from "@patchpilot/github";
import { attemptBranch, parseKey, type RepairResult, type WorkOrder } from "@patchpilot/incident";
import type { AttemptInputs } from "./attempt-inputs.ts";
import type { GivenCommands } from "./base-commands.ts";
import { type Continuation, decide, type Facts } from "./decide.ts";
import { collectEarlier, type EarlierCommit } from "./earlier-patches.ts";
import { findOrder } from "./find-order.ts";
import { type Ending, outcomeOf, planned, proposed, type Result, reasonsOf } from "./outcome.ts";
import { moveGate } from "./pass-gate.ts";
import type { Ports, Target } from "./ports.ts";
import { postPlan } from "./post-plan.ts";
import { preparePatch } from "./prepare.ts";
import { type Proposal, publish } from "./publish.ts";
import { commitMessage, type ProposalFacts, pullRequestBody, pullRequestTitle } from "./pull-request-text.ts";
import { readResult, type Told } from "./read-result.ts";

/**
 * Publishes an attempt's patch as a draft pull request, or says why not. Everything is read and checked before the
 * gate moves to `publishing`, and nothing but the gate is written before it has moved.
 */
export async function proposeAttempt(inputs: AttemptInputs, ports: Ports): Promise<Result> {
  const { key } = inputs;
  const order = findOrder(ports.event, key);
  const subject = { name: key, issue: parseKey(key)?.issue ?? 0, order };
  return outcomeOf(subject, await propose(inputs, order, ports));
}

async function propose(inputs: AttemptInputs, order: WorkOrder | undefined, ports: Ports): Promise<Ending> {
  const target = await ports.readTarget(inputs.base);
  const incident = incidentOf(inputs, order, target, ports);
  const facts = await readFacts(inputs, incident, order, ports);
  const ending = decide(facts);
  if (ending) return { ...ending, ...(facts.pullRequest ? { pullRequest: facts.pullRequest } : {}) };

  const told = await readResult(inputs["result-file"], inputs.key, ports);
  if (told.result?.result === "plan" && mayPlan(inputs, order))
    return plan(inputs, incident, told.result, facts, target, ports);
  if (inputs.patch === undefined || inputs["patch-sha256"] === undefined) return noPatch(told);
  const bytes = await ports.readPatch(inputs.patch);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const earlier = await collectEarlier(order, await readEarlier(inputs, incident, facts, ports), ports.path);
  const patch = { bytes, sha256, expected: inputs["patch-sha256"], baseSha: inputs["base-sha"] };
  const { prepared, refused } = await preparePatch(patch, earlier, givenTo(inputs, order), inputs, ports);
  if (refused) return { verdict: "refused", reasons: reasonsOf(refused), findings: refused };
  const findings = prepared.flagged;
  if (inputs["dry-run"]) return { ...planned(prepared.changes, inputs.branch), findings };

  const superseded = await moveGate(inputs.key, facts.gate, target, ports);
  if (superseded) return superseded;
  const proposal: ProposalFacts = {
    key: inputs.key,
    issue: incident.issue,
    attempt: incident.attempt,
    elsewhere: incident.elsewhere,
    order,
    changes: prepared.changes,
    flagged: prepared.flagged,
    patchId: prepared.patchId,
    told,
    continues: facts.continues,
    baseSha: inputs["base-sha"],
    sha256,
    secrets: ports.secrets,
  };
  const published = await publish(prepared, proposalOf(proposal, inputs), target, inputs, ports);
  return published.state === "taken"
    ? { verdict: "refused", reasons: [takenReason(inputs.branch)] }
    : { ...proposed(published, prepared.changes), findings };
}

const noPatch = ({ unknown }: Told): Ending => ({
  verdict: "refused",
  reasons: [
    "There is no patch: pass `patch` and `patch-sha256` from the work job.",
    ...(unknown === undefined ? [] : [unknown]),
  ],
});

const takenReason = (branch: string): string =>
  `The branch \`${branch}\` holds other commits; nothing is pushed over a person's work.`;

const proposalOf = (facts: ProposalFacts, inputs: AttemptInputs): Proposal => ({
  branch: inputs.branch,
  baseSha: facts.baseSha,
  continues: facts.continues,
  title: pullRequestTitle(facts),
  body: pullRequestBody(facts),
  message: commitMessage(facts),
});

/** What the jobs before were given to set up and test with. */
const givenTo = (inputs: AttemptInputs, order: WorkOrder | undefined): GivenCommands => ({
  setup: inputs["setup-command"],
  test: inputs["test-command"],
  recipe: inputs.recipe ?? order?.recipe,
});

/**
 * Code under test may have replaced the result file: where the work job put a patch out, only an attempt that was
 * asked for a plan may end with one.
 */
const mayPlan = (inputs: AttemptInputs, order: WorkOrder | undefined): boolean =>
  inputs["patch-sha256"] === undefined || order?.autonomy === "plan";

/** A plan takes the place of a patch: it passes the same gate, and then waits for a person on the issue. */
async function plan(
  inputs: AttemptInputs,
  incident: IncidentName,
  result: RepairResult,
  facts: Facts,
  target: Target,
  ports: Ports,
): Promise<Ending> {
  if (inputs["dry-run"])
    return { verdict: "planned", reasons: [`\`dry-run\`: a plan would be posted on #${incident.issue}.`] };
  const superseded = await moveGate(inputs.key, facts.gate, target, ports);
  if (superseded) return superseded;
  const place = { ...incident, repository: incident.repository ?? ports.repository };
  return postPlan(place, inputs.key, result, ports);
}

/** How many attempts one looks back for the same patch. */
const MOST_EARLIER = 20;

/** What the pull requests of earlier attempts say of their patches. One that cannot be read stops nothing. */
async function readEarlier(
  inputs: AttemptInputs,
  { attempt, elsewhere }: IncidentName,
  { continues }: Facts,
  ports: Ports,
): Promise<EarlierCommit[]> {
  const name = parseKey(inputs.key);
  if (attempt === 1 || name === undefined) return [];
  const numbers = Array.from(
    { length: Math.min(MOST_EARLIER, attempt - 1) },
    (_, index) => attempt - 1 - index,
  );
  const branches = numbers.map((one) => attemptBranch({ ...name, attempt: one }, elsewhere !== undefined));
  const wanted = [...new Set([...branches, ...(continues ? [continues.branch] : [])])];
  const messages = await ports.readCommitMessages(wanted);
  return [...messages].flatMap(([branch, all]) =>
    all.map((message) => ({ attempt: Number(/-a(\d+)$/.exec(branch)?.[1] ?? 0), message })),
  );
}

/** The incident that a key names, and the repository that holds it. */
type IncidentName = {
  readonly issue: number;
  readonly attempt: number;
  /** owner/name of the incident's repository; undefined: nobody says which one. */
  readonly repository: string | undefined;
  /** Set where it is not the repository that is repaired. */
  readonly elsewhere: string | undefined;
};

function incidentOf(
  inputs: AttemptInputs,
  order: WorkOrder | undefined,
  target: Target,
  ports: Ports,
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
const continuationOf = (order: WorkOrder | undefined): Continuation | undefined =>
  order?.branch === undefined || order.pullRequest === undefined || order.expectedHead === undefined
    ? undefined
    : { branch: order.branch, pullRequest: order.pullRequest, head: order.expectedHead };

async function readFacts(
  inputs: AttemptInputs,
  incident: IncidentName,
  order: WorkOrder | undefined,
  ports: Ports,
): Promise<Facts> {
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
    continues: continuationOf(order),
    baseSha: inputs["base-sha"],
  };
}
