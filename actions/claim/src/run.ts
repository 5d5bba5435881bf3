import type { Outcome } from "@patchpilot/action-kit";
import { isStopped } from "@patchpilot/action-kit/contract";
import { type BranchHead, readInReach } from "@patchpilot/github";
import { attemptBranch, summariseOrder, type WorkOrder } from "@patchpilot/incident";
import { passGate } from "@patchpilot/ledger";
import type { contract, Inputs } from "./contract.ts";
import { type Decision, decide, decideByGate, type Facts } from "./decide.ts";
import type { Ports } from "./ports.ts";
import { readOrder } from "./read-order.ts";
import { evidenceOf } from "./words-evidence.ts";
import { promptOf } from "./words-prompt.ts";
import { taskOf } from "./words-task.ts";

type Result = Outcome<typeof contract>;

/** Passes the gate of the attempt that the work order names, or stands back. */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  const order = readOrder(
    inputs["work-order"] === undefined
      ? { event: ports.event }
      : { file: ports.readFile(inputs["work-order"]) },
  );
  const facts = await readFacts(order, inputs, ports);
  const decision = decide(facts);
  if (decision.kind === "refuse") return refused(order, decision.reason);
  if (decision.kind === "stand-back") return stoodBack(order, decision.reason);
  const base = await ports.readBranchHead(order.branch ?? inputs.base);
  if (order.expectedHead !== undefined && base.oid !== order.expectedHead)
    return stoodBack(order, `${order.branch} is no longer at the commit that was reviewed`);
  if (inputs["dry-run"]) return stoodBack(order, "`dry-run`: the gate is free, and this run would pass");
  const passed = await passOrBar(order, facts, base, ports);
  if (passed.kind === "refuse") return refused(order, passed.reason);
  if (passed.kind === "stand-back") return stoodBack(order, passed.reason);
  return proceed(order, base, ports);
}

async function readFacts(order: WorkOrder, inputs: Inputs, ports: Ports): Promise<Facts> {
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
async function readIncident(order: WorkOrder, ports: Ports): Promise<Pick<Facts, "issue" | "claimed">> {
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
async function isClaimed({ repository, issue, attempt }: WorkOrder, ports: Ports): Promise<boolean> {
  for (let tries = 2; tries <= TRIES; tries += 1)
    if (await ports.seesClaim(repository, issue, attempt)) return true;
  return false;
}

async function passOrBar(
  order: WorkOrder,
  { gate }: Facts,
  base: BranchHead,
  ports: Ports,
): Promise<Decision> {
  const { run } = ports;
  const passage = await passGate(
    gate,
    { state: "working", run: run.id, runAttempt: run.attempt },
    {
      judge: (seen) => {
        const decision = decideByGate(seen, run);
        return decision.kind === "pass" ? undefined : decision;
      },
      write: (from, fact) => ports.writeGate(base, { key: order.key, from, fact }),
      read: () => ports.readGate(order.key),
    },
  );
  if (passage.state === "passed") return { kind: "pass" };
  return passage.state === "barred" ? passage.bar : { kind: "refuse", reason: describeFailure(passage) };
}

const describeFailure = ({
  state,
  message,
}: {
  readonly state: "refused" | "unknown";
  readonly message: string;
}) =>
  state === "unknown"
    ? `GitHub's replies about its gate were lost (${message}), and the gate does not name this run. Run this job again`
    : `GitHub does not let this run create its gate (${message}). Check \`contents: write\` and the rulesets for refs/patchpilot`;

function proceed(order: WorkOrder, base: BranchHead, ports: Ports): Result {
  const evidenceFile = ports.writeFile("evidence.md", evidenceOf(order));
  const taskFile = ports.writeFile("task.json", `${JSON.stringify(taskOf(order), null, 2)}\n`);
  const promptFile = ports.writeFile("prompt.md", promptOf(order, "evidence.md, beside this file"));
  return {
    outputs: {
      ...common(order),
      issues: [order.issue],
      count: 1,
      proceed: true,
      branch: order.branch ?? attemptBranch(order, isElsewhere(order, ports)),
      "base-sha": base.oid,
      "prompt-file": promptFile,
      "task-file": taskFile,
      "evidence-file": evidenceFile,
    },
    lines: [
      {
        level: "info",
        text: `This run works on attempt ${order.attempt} of #${order.issue} (${order.key}).`,
      },
    ],
    summary: `### Claim\n\nThis run works on attempt ${order.attempt} of ${order.repository}#${order.issue}.\n`,
  };
}

/** Whether the incident is in another repository than the one that is repaired. */
const isElsewhere = (order: WorkOrder, { repository }: Ports): boolean =>
  order.repository.toLowerCase() !== repository.toLowerCase();

const common = (order: WorkOrder): Omit<Result["outputs"], "proceed"> => ({
  issues: [],
  incidents: [summariseOrder(order)],
  count: 0,
  issue: order.issue,
  attempt: order.attempt,
  key: order.key,
  branch: "",
  "base-sha": "",
  "prompt-file": "",
  "task-file": "",
  "evidence-file": "",
});

function stoodBack(order: WorkOrder, reason: string): Result {
  const text = `This run stands back from ${order.key}: ${reason}.`;
  return {
    outputs: { ...common(order), proceed: false },
    lines: [{ level: "notice", text }],
    summary: `### Claim\n\n${text}\n`,
  };
}

const refused = (order: WorkOrder, reason: string): Result => ({
  outputs: { ...common(order), proceed: false },
  lines: [],
  summary: "",
  failure: `Nothing is repaired: ${reason}.`,
});
