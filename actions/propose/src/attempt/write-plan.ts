import type { RepairResult } from "@patchpilot/incident";
import { endRun, type ProposeEnding } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import type { AttemptInputs } from "./attempt-inputs.ts";
import type { AttemptFacts } from "./decide.ts";
import type { IncidentName } from "./read-facts.ts";
import { planComment } from "./words-plan.ts";
import { moveGate } from "./write-gate.ts";

/** A plan takes the place of a patch: it passes the same gate, and then waits for a person on the issue. */
export async function proposePlan(
  inputs: AttemptInputs,
  incident: IncidentName,
  result: RepairResult,
  facts: AttemptFacts,
  target: ProposeTarget,
  ports: ProposePorts,
): Promise<ProposeEnding> {
  if (inputs["dry-run"])
    return endRun("planned", `\`dry-run\`: a plan would be posted on #${incident.issue}.`);
  const superseded = await moveGate(inputs.key, facts.gate, target, ports);
  if (superseded) return superseded;
  const { issue, attempt, repository = ports.repository } = incident;
  const { comment, sha256 } = planComment(attempt, result, ports.secrets);
  const place = { repository, issue };
  const problems = await ports.writePlan(place, comment, { attempt, key: inputs.key, sha256 });
  if (problems.length > 0) return { verdict: "refused", reasons: problems };
  return endRun(
    "planned",
    `The plan stands on #${issue}; a person approves it with \`patchpilot:approved\`.`,
  );
}
