import type { RepairResult } from "@patchpilot/incident";
import type { ProposeEnding } from "../facts.ts";
import type { ProposePorts } from "../ports.ts";
import { planComment } from "./words-plan.ts";

/**
 * Posts a plan on the incident's issue, once; the gate has said before that this attempt may still speak.
 * @param repository owner/name that holds the incident
 */
export async function postPlan(
  place: { readonly repository: string; readonly issue: number; readonly attempt: number },
  key: string,
  result: RepairResult,
  ports: ProposePorts,
): Promise<ProposeEnding> {
  const { attempt, issue } = place;
  const { comment, sha256 } = planComment(attempt, result, ports.secrets);
  const problems = await ports.writePlan(place, comment, { attempt, key, sha256 });
  if (problems.length > 0) return { verdict: "refused", reasons: problems };
  return {
    verdict: "planned",
    reasons: [`The plan stands on #${issue}; a person approves it with \`patchpilot:approved\`.`],
  };
}
