import { createHash } from "node:crypto";
import { parseKey, type WorkOrder } from "@patchpilot/incident";
import { viewGate } from "@patchpilot/ledger";
import { endRun, hasOwnToken, type ProposeEnding } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import { findOrder } from "../read-order.ts";
import { type GivenPatch, preparePatch } from "../read-patch.ts";
import { type Reported, readResult } from "../read-result.ts";
import { endPlanned, endProposed, listReasons, type ProposeResult, report } from "../report.ts";
import { type Proposal, publish } from "../write-pull-request.ts";
import type { Attempt, AttemptInputs } from "./attempt-inputs.ts";
import { type AttemptFacts, decideAttempt } from "./decide.ts";
import { decideProof, readProof } from "./decide-proof.ts";
import { readEarlier } from "./read-earlier.ts";
import { findAttempt, readAttemptFacts } from "./read-facts.ts";
import { commitMessage, type ProposalFacts, pullRequestBody, pullRequestTitle } from "./words.ts";
import { moveGate, recordHead } from "./write-gate.ts";
import { proposePlan } from "./write-plan.ts";
import { sayWhyNot } from "./write-reason.ts";
import { PUBLISHED_NOTHING, showOnIssue, waitsForReview, waitsForWord } from "./write-status.ts";

/**
 * Publishes an attempt's patch as a draft pull request, or says why not. Everything is read and checked before the
 * gate moves to `publishing`, and nothing but the gate is written before it has moved.
 */
export async function proposeAttempt(inputs: AttemptInputs, ports: ProposePorts): Promise<ProposeResult> {
  const { key } = inputs;
  const order = findOrder(ports.event, key);
  const subject = { name: key, issue: parseKey(key)?.issue ?? 0, order };
  const ending = await sayWhyNot(key, ports, async () => {
    const target = await ports.readTarget(inputs.base);
    return propose(findAttempt(inputs, order, target, ports), target, ports);
  });
  return report(subject, ending);
}

/** An end without a pull request is shown on the issue at once, if the attempt is this run's. */
async function propose(attempt: Attempt, target: ProposeTarget, ports: ProposePorts): Promise<ProposeEnding> {
  const facts = await readAttemptFacts(attempt, ports);
  const isOwn = viewGate(facts.gate, ports.run).kind === "own" && !attempt.inputs["dry-run"];
  const show = () => (isOwn ? showOnIssue(attempt, PUBLISHED_NOTHING, ports) : Promise.resolve([]));
  const ending = await proceed({ ...attempt, facts }, target, ports).catch(async (error: unknown) => {
    await show();
    throw error;
  });
  if (ending.verdict !== "refused") return ending;
  return { ...ending, lines: [...(ending.lines ?? []), ...(await show())] };
}

type Looked = Attempt & { readonly facts: AttemptFacts };

async function proceed(attempt: Looked, target: ProposeTarget, ports: ProposePorts): Promise<ProposeEnding> {
  const { inputs, order, name, facts } = attempt;
  const ending = decideAttempt(attempt, facts, ports.run);
  if (ending) return { ...ending, ...(facts.pullRequest ? { pullRequest: facts.pullRequest } : {}) };

  const { key } = inputs;
  const reported = await readResult(inputs["result-file"], key, ports);
  if (reported.result?.result === "plan" && mayPlan(inputs, order))
    return proposePlan(attempt, reported.result, facts.gate, target, ports);
  const patch = await readGiven(inputs, ports);
  if (patch === undefined) return endWithoutPatch(reported);
  const { prepared, refused } = await preparePatch(patch, await readEarlier(attempt, ports), inputs, ports);
  if (refused) return { verdict: "refused", reasons: listReasons(refused), findings: refused };
  const findings = prepared.flagged;
  if (inputs["dry-run"]) return { ...endPlanned(prepared.changes, inputs.branch), findings };

  const proof = readProof(inputs);
  const word = { issue: facts.issue, runAttempt: ports.run.attempt };
  const unproven = decideProof(inputs["require-proof"], proof, word);
  const superseded = await moveGate(key, facts.gate, target, { proof, waits: unproven !== undefined }, ports);
  if (superseded) return superseded;
  const known = { reported, proof };
  if (unproven) {
    const lines = await showOnIssue(attempt, waitsForWord(known), ports);
    return { ...unproven, findings, lines: [...(unproven.lines ?? []), ...lines] };
  }
  const opening = describeOpening(attempt, ports);
  const words = { ...attempt, ...name, ...prepared, ...patch, ...opening, key, reported, proof };
  const published = await publish(prepared, describeProposal(words, attempt), target, inputs, ports);
  if (published.state === "taken")
    return endRun(
      "refused",
      `The branch \`${inputs.branch}\` has other commits, and nothing is pushed over anyone's work.`,
    );
  const recorded = await recordHead(key, published.head, target, ports);
  const shown = await showOnIssue(attempt, waitsForReview(published.pullRequest, known), ports);
  const lines = [...published.lines, ...recorded, ...shown];
  return { ...endProposed({ ...published, lines }, prepared.changes), findings };
}

async function readGiven(inputs: AttemptInputs, ports: ProposePorts): Promise<GivenPatch | undefined> {
  const { patch, "patch-sha256": expected, "base-sha": baseSha } = inputs;
  if (patch === undefined || expected === undefined) return undefined;
  const bytes = await ports.readPatch(patch);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex"), expected, baseSha };
}

const describeOpening = ({ facts: { pullRequest }, inputs }: Looked, { runUrl, secrets }: ProposePorts) => ({
  draft: pullRequest?.draft ?? inputs.draft,
  hasOwnToken: hasOwnToken(inputs),
  runUrl,
  secrets,
});

const endWithoutPatch = ({ unknown }: Reported): ProposeEnding => ({
  verdict: "refused",
  reasons: [
    "There is no patch: pass `patch` and `patch-sha256` from the work job.",
    ...(unknown === undefined ? [] : [unknown]),
  ],
});

const describeProposal = (facts: ProposalFacts, { inputs, continues, order }: Attempt): Proposal => ({
  branch: inputs.branch,
  baseSha: facts.baseSha,
  continues,
  suspectAuthor: order?.incident.suspectAuthor,
  title: pullRequestTitle(facts),
  body: pullRequestBody(facts),
  message: commitMessage(facts),
});

/**
 * Code under test may have replaced the result file: where the work job put a patch out, only an attempt that was
 * asked for a plan may end with one.
 */
const mayPlan = (inputs: AttemptInputs, order: WorkOrder | undefined): boolean =>
  inputs["patch-sha256"] === undefined || order?.autonomy === "plan";
