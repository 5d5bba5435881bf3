import type { RepairResult } from "@patchpilot/incident";
import type { Gate } from "@patchpilot/ledger";
import { endRun, type ProposeEnding } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import type { Attempt } from "./attempt-inputs.ts";
import { planComment } from "./words-plan.ts";
import { moveGate } from "./write-gate.ts";

/** A plan takes the place of a patch: it passes the same gate, and then waits for a person on the issue. */
export async function proposePlan(
  { inputs, name, repository }: Attempt,
  result: RepairResult,
  gate: Gate,
  target: ProposeTarget,
  ports: ProposePorts,
): Promise<ProposeEnding> {
  const { issue, attempt } = name;
  if (inputs["dry-run"]) return endRun("planned", `\`dry-run\`: a plan would be posted on #${issue}.`);
  const superseded = await moveGate(inputs.key, gate, target, { proof: undefined, waits: false }, ports);
  if (superseded) return superseded;
  const { comment, sha256 } = planComment(attempt, result, ports.secrets);
  const plan = { attempt, key: inputs.key, sha256 };
  const problems = await ports.writePlan({ repository, issue }, comment, plan);
  if (problems.length > 0) return { verdict: "refused", reasons: problems, cause: "setup" };
  return endRun("planned", `The plan is on #${issue}; approve it with \`patchpilot:go-ahead\`.`);
}
