import { createHash } from "node:crypto";
import { isStopped } from "@patchpilot/action-kit/contract";
import type { PolicyFinding } from "@patchpilot/patch-policy";
import { judgeDigest } from "@patchpilot/patch-policy";
import type { ProposeInputs } from "../contract.ts";
import { hasOwnToken, type ProposeEnding } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import { isDispatched } from "../read-order.ts";
import { type EarlierPatches, type GivenPatch, type PreparedPatch, preparePatch } from "../read-patch.ts";
import { readResult } from "../read-result.ts";
import { endPlanned, endProposed, listReasons, type ProposeResult, report } from "../report.ts";
import { type Proposal, type Published, publish } from "../write-pull-request.ts";
import {
  decideLone,
  decideLoneStart,
  type PatchBase,
  patchBranch,
  refuseForeignBase,
  shortenSha,
  takenReason,
} from "./decide.ts";
import { type PatchFacts, patchBody, patchMessage, patchTitle } from "./words.ts";

/** A patch as it was read. Its bytes name its branch, whichever commit it is applied to. */
type PatchBytes = Omit<GivenPatch, "baseSha">;

/**
 * Publishes a patch that belongs to no attempt, or says why not. No gate, record or issue is read or written: one
 * branch and one pull request for the same bytes are all that is promised.
 */
export async function proposePatch(inputs: ProposeInputs, ports: ProposePorts): Promise<ProposeResult> {
  const start = decideLoneStart({
    branch: inputs.branch,
    isDispatched: isDispatched(ports.event),
    stopped: isStopped(inputs.stop),
    selected: inputs.issues,
  });
  if (start) return report({ name: "the patch" }, start);
  if (inputs.patch === undefined) return report({ name: "the patch" }, NO_PATCH);
  const bytes = await ports.readPatch(inputs.patch);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const patch = { bytes, sha256, expected: inputs["patch-sha256"] ?? sha256 };
  return report({ name: `patch ${shortenSha(sha256)}` }, await propose(patch, inputs, ports));
}

const NO_PATCH: ProposeEnding = {
  verdict: "refused",
  reasons: [
    "There is no patch: pass its path in `patch`. A plan is posted on an incident's issue, which needs `key`.",
  ],
};

async function propose(
  patch: PatchBytes,
  inputs: ProposeInputs,
  ports: ProposePorts,
): Promise<ProposeEnding> {
  const faults = judgeDigest(patch.sha256, patch.expected);
  if (faults.length > 0) return refuse(listReasons(faults), faults);
  // A run that made the branch meanwhile is found at the second look, with the commit that it chose.
  return (
    (await proposeAtOneLook(patch, inputs, ports)) ??
    (await proposeAtOneLook(patch, inputs, ports)) ??
    refuse([takenReason(patchBranch(patch.sha256))])
  );
}

/** @returns undefined where another run made the branch after this one had looked */
async function proposeAtOneLook(
  patch: PatchBytes,
  inputs: ProposeInputs,
  ports: ProposePorts,
): Promise<ProposeEnding | undefined> {
  const branch = patchBranch(patch.sha256);
  // In this order: the branch of a run that is ahead begins at a commit that the target has by then.
  const tip = await ports.readBranchTip(branch);
  const pullRequest = await ports.findPullRequest(branch);
  const target = await ports.readTarget(inputs.base);
  const decision = decideLone({ branch, pullRequest, tip, head: target.oid, baseSha: inputs["base-sha"] });
  if ("ending" in decision) return { ...decision.ending, ...(pullRequest ? { pullRequest } : {}) };
  const { base } = decision;
  if (base.sha !== target.oid && !(await ports.isOnBranch(target, base.sha)))
    return refuseForeignBase(base, target.branch, branch);

  const based = { ...patch, baseSha: base.sha };
  const { prepared, refused } = await preparePatch(based, NO_EARLIER, inputs, ports);
  if (refused) return refuse(listMisfits(refused, base, target, branch), refused);
  const findings = prepared.flagged;
  if (inputs["dry-run"]) return { ...endPlanned(prepared.changes, branch), findings };
  const proposal = await describeProposal(based, base, prepared, inputs, ports);
  const published = await publish(prepared, proposal, target, inputs, ports);
  return published.state === "taken" && tip === undefined
    ? undefined
    : { ...describeEnd(published, prepared, branch), findings };
}

const NO_EARLIER: EarlierPatches = { sha256s: new Map(), patchIds: new Map() };

const refuse = (reasons: readonly string[], findings: readonly PolicyFinding[] = []): ProposeEnding => ({
  verdict: "refused",
  reasons,
  findings,
});

/** Why a patch is refused, and what to do where it is only for another commit. */
function listMisfits(
  refused: readonly PolicyFinding[],
  { sha, by }: PatchBase,
  target: ProposeTarget,
  branch: string,
): string[] {
  const isElsewhere = refused.some(({ rule }) => rule === "does-not-apply");
  if (!isElsewhere || by === "input") return listReasons(refused);
  return by === "tip"
    ? [takenReason(branch)]
    : [
        ...listReasons(refused),
        `It was tried on ${sha}, the newest commit of ${target.branch}: pass \`base-sha\`, the commit that it was made on.`,
      ];
}

async function describeProposal(
  { sha256 }: GivenPatch,
  base: PatchBase,
  prepared: PreparedPatch,
  inputs: ProposeInputs,
  ports: ProposePorts,
): Promise<Proposal> {
  const facts: PatchFacts = {
    title: inputs.title,
    sha256,
    isFixed: inputs["patch-sha256"] !== undefined,
    base,
    ...prepared,
    reported: await readResult(inputs["result-file"], undefined, ports),
    secrets: ports.secrets,
    draft: inputs.draft,
    hasOwnToken: hasOwnToken(inputs),
  };
  return {
    branch: patchBranch(sha256),
    baseSha: base.sha,
    title: patchTitle(facts),
    body: patchBody(facts),
    message: patchMessage(facts),
  };
}

function describeEnd(published: Published, prepared: PreparedPatch, branch: string): ProposeEnding {
  if (published.state === "taken") return refuse([takenReason(branch)]);
  if (published.state === "opened") return endProposed(published, prepared.changes);
  const { pullRequest } = published;
  return {
    verdict: "exists",
    reasons: [`Pull request #${pullRequest.number} of this patch exists already: another run opened it.`],
    pullRequest,
  };
}
