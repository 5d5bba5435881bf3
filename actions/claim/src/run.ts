import { isStopped } from "@patchpilot/action-kit/contract";
import { cleanText } from "@patchpilot/evidence";
import { readInReach } from "@patchpilot/github";
import {
  attemptBranch,
  findJobCause,
  JOB_ENDING_FILE,
  type JobEnding,
  jobEndingText,
  type WorkOrder,
} from "@patchpilot/incident";
import type { ClaimInputs } from "./contract.ts";
import { type ClaimFacts, type ClaimRefusal, decide } from "./decide.ts";
import { type BranchFacts, branchesInTheWay, judgeBranch, noteRules } from "./decide-branch.ts";
import type { ClaimPorts } from "./ports.ts";
import { readOrder } from "./read-order.ts";
import { type ClaimOutcome, reportPassed, reportRefusal, reportStandBack } from "./report.ts";
import { composeEvidence } from "./words-evidence.ts";
import { composePrompt } from "./words-prompt.ts";
import { makeTask } from "./words-task.ts";
import { passOrBar } from "./write-gate.ts";

/**
 * Passes the gate of the attempt that the work order names, or stands back. Why it refuses is left for the issue: a log
 * is read by nobody who waits for a repair.
 */
export async function run(inputs: ClaimInputs, ports: ClaimPorts): Promise<ClaimOutcome> {
  const order = readOrder(
    inputs["work-order"] === undefined
      ? { event: ports.event }
      : { file: ports.readFile(inputs["work-order"]) },
  );
  try {
    const passed = await pass(order, inputs, ports);
    if (!("kind" in passed)) return passed;
    leaveEnding(order, passed, ports);
    return reportRefusal(order, passed.reason);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    leaveEnding(order, { reason, cause: findJobCause(error) }, ports);
    throw error;
  }
}

function leaveEnding({ key }: WorkOrder, { reason, cause }: JobEnding, ports: ClaimPorts): void {
  const { text } = cleanText(`Nothing is repaired: ${reason.replace(/\.$/, "")}.`, {
    maxLength: REASON_LENGTH,
    secrets: ports.secrets,
    singleLine: true,
  });
  ports.writeFile(JOB_ENDING_FILE, jobEndingText(key, { reason: text, cause }));
}
const REASON_LENGTH = 1_000;

type Passage = ClaimOutcome | ClaimRefusal;

async function pass(order: WorkOrder, inputs: ClaimInputs, ports: ClaimPorts): Promise<Passage> {
  const facts = await readFacts(order, inputs, ports);
  const decision = decide(facts);
  if (decision.kind === "refuse") return decision;
  if (decision.kind === "stand-back") return reportStandBack(order, decision.reason);
  const base = await ports.readBranchHead(order.branch ?? inputs.base);
  if (order.expectedHead !== undefined && base.oid !== order.expectedHead)
    return reportStandBack(order, `${order.branch} is no longer at the commit that was reviewed`);
  const branch = order.branch ?? attemptBranch(order, isElsewhere(order, ports));
  const place = await readPlace(branch, order, facts, ports);
  const obstacle = judgeBranch(branch, place);
  if (obstacle !== undefined) return { kind: "refuse", reason: obstacle, cause: "setup" };
  if (inputs["dry-run"])
    return reportStandBack(order, "`dry-run`: the gate is free, and this run would pass");
  const passed = await passOrBar(order.key, facts.gate, base, ports);
  if (passed.kind === "refuse") return passed;
  if (passed.kind === "stand-back") return reportStandBack(order, passed.reason);
  const evidenceFile = ports.writeFile("evidence.md", composeEvidence(order));
  const taskFile = ports.writeFile("task.json", `${JSON.stringify(makeTask(order), null, 2)}\n`);
  const promptFile = ports.writeFile("prompt.md", composePrompt(order, "evidence.md, next to this file"));
  const passing = {
    branch,
    "base-sha": base.oid,
    "prompt-file": promptFile,
    "task-file": taskFile,
    "evidence-file": evidenceFile,
  };
  return reportPassed(order, passing, noteRules(branch, place));
}

const NOTHING: BranchFacts = { existing: [], rules: [] };

/** A branch that continues is there, and so may be that of a run of this attempt that got further. */
const readPlace = async (
  branch: string,
  order: WorkOrder,
  { gate }: ClaimFacts,
  ports: ClaimPorts,
): Promise<BranchFacts> =>
  order.branch !== undefined || gate.state !== "absent"
    ? NOTHING
    : ports.readBranch(branchesInTheWay(branch));

async function readFacts(order: WorkOrder, inputs: ClaimInputs, ports: ClaimPorts): Promise<ClaimFacts> {
  const known = await readIncident(order, ports);
  return {
    order,
    selected: inputs.issues === "auto" || inputs.issues.includes(order.issue),
    ...known,
    gate: await ports.readGate(order.key),
    run: ports.run,
    stopped: isStopped(inputs.stop),
  };
}

/** Looks again at the issue, with the claim of the attempt; another repository's may be out of reach. */
async function readIncident(
  order: WorkOrder,
  ports: ClaimPorts,
): Promise<Pick<ClaimFacts, "issue" | "claimed">> {
  const known = await readInReach(isElsewhere(order, ports), async () => {
    const issue = await ports.readIssue(order.repository, order.issue, order.attempt);
    // The repository's id is part of the gate's name: another one would be another gate of the same attempt.
    const right = issue.repositoryId === order.repositoryId;
    return { issue, claimed: right && (issue.claimed || (await isClaimed(order, ports))) };
  });
  return known ?? { issue: undefined, claimed: undefined };
}

/** Reads may be stale, so a claim is asked for again, but not for ever. */
const TRIES = 3;

/** Asks again for a claim that was not seen: a replica may be behind, and a refusal would cost an attempt. */
async function isClaimed({ repository, issue, attempt }: WorkOrder, ports: ClaimPorts): Promise<boolean> {
  for (let tries = 2; tries <= TRIES; tries += 1)
    if (await ports.seesClaim(repository, issue, attempt)) return true;
  return false;
}

/** Whether the incident is in another repository than the one that is repaired. */
const isElsewhere = (order: WorkOrder, { repository }: ClaimPorts): boolean =>
  order.repository.toLowerCase() !== repository.toLowerCase();
