import type { VerifyFacts } from "../facts.ts";
import { describeCommit } from "../words.ts";
import type { VerifyFinding } from "./answer.ts";

/**
 * The end of work that a person asked for. No number of production says whether it does what was wanted, so none is
 * asked for and none is claimed: it is merged, and live as far as anything tells.
 */
export function closeAsked({ deployment, health }: VerifyFacts): VerifyFinding {
  const where =
    deployment?.state === "live"
      ? `It is merged and live in ${describeCommit(deployment.sha)}${health?.state === "healthy" ? ", and the app answers" : ""}.`
      : "It is merged. Nothing tells what is deployed, so whether it is live is not known.";
  return {
    decision: "close",
    verdict: "unmeasured",
    reason: `${where} Nothing is measured for work that a person asked for: whether it does what was wanted, the review of its pull request decided.`,
    next: "Reopen it if something is missing; the label patchpilot:retry then opens one more attempt.",
    eta: null,
  };
}
