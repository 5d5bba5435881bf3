import { describeSpan, WEEK } from "@patchpilot/time";
import type { DeploymentFact, VerifyCheck, VerifyFacts, VerifySettings } from "../../facts.ts";
import { describeCommit, SOURCE_NAMES } from "../../words.ts";
import { halt, OPEN, pass, type VerifyAnswer, type VerifyFinding, waitUntil } from "../answer.ts";

/** A merge that is still not live after this long needs a person: nobody deploys it, or nothing says so. */
const DEPLOY_PATIENCE_MS = WEEK;

type NotLive = Exclude<DeploymentFact, { state: "live" }>;

/** Does production run the fix, and long enough to be looked at? */
export function askDeployment(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { deployment, fix } = facts;
  if (deployment === undefined) return OPEN;
  if (facts.kind === "asked" && deployment.state === "unknown" && deployment.untold)
    return halt({ name: "deployment", state: "unknown", detail: deployment.detail }, closeAsked(facts));
  if (deployment.state !== "live") return judgeNotLive(deployment, facts, now);
  const age = now - deployment.since;
  const picked = deployment.pick === undefined ? "" : `, picked as ${deployment.pick},`;
  const check: VerifyCheck = {
    name: "deployment",
    state: "yes",
    detail: `${describeCommit(deployment.sha)} is live, with the fix${picked} for ${describeSpan(age)} (${SOURCE_NAMES[deployment.source]})`,
  };
  if (fix.kind === "deployment") {
    const since = `deployed ${describeSpan(age)} ago (${SOURCE_NAMES[deployment.source]})`;
    return (
      young(deployment.since, now, settings) ??
      pass({ ...check, detail: `${describeCommit(deployment.sha)}, ${since}` })
    );
  }
  return young(deployment.since, now, settings) ?? pass(check);
}

function young(since: number, now: number, { minDeployAgeMs }: VerifySettings): VerifyAnswer | undefined {
  if (now - since >= minDeployAgeMs) return undefined;
  const needed = describeSpan(minDeployAgeMs);
  return halt(
    { name: "deployment", state: "no", detail: `live for ${describeSpan(now - since)}, less than ${needed}` },
    {
      decision: "wait",
      verdict: "waiting",
      reason: `The deployment is younger than min-deploy-age-seconds (${needed}).`,
      next: "It is looked at again as soon as it is old enough.",
      eta: since + minDeployAgeMs,
    },
  );
}

function judgeNotLive(deployment: NotLive, { fix }: VerifyFacts, now: number): VerifyAnswer {
  const unknown = deployment.state === "unknown" || deployment.state === "suspected";
  const check: VerifyCheck = {
    name: "deployment",
    state: unknown ? "unknown" : "no",
    detail: deployment.detail,
  };
  const finding = {
    verdict: unknown ? ("unknown" as const) : ("not-deployed" as const),
    reason: deployment.detail,
    next: NEXT[deployment.state],
  };
  if (fix.kind === "deployment") return halt(check, { ...finding, decision: "skip", eta: null });
  if (deployment.state === "failed") return halt(check, { ...finding, decision: "escalate", eta: null });
  return halt(check, waitUntil(deployment.until ?? fix.at + DEPLOY_PATIENCE_MS, now, finding));
}

const NEXT: { readonly [State in NotLive["state"]]: string } = {
  pending: "It is looked at again when the deployment is live.",
  staged: "Promote the deployment to production.",
  failed: "Make the deployment succeed; it is looked at again when the fix is live.",
  "rolled-back": "Counting begins again when the fix is back in production.",
  reverted:
    "If the fix is still wanted, land it again: it is verified as before if its pull request says `Refs` and this issue. The label patchpilot:retry opens a new attempt.",
  suspected:
    "Look at that commit. If production has the fix, say `Refs` and this issue in the pull request that brought it, and it is verified. If not, deploy the fix.",
  absent: "It is looked at again when a deployment with the fix is live.",
  unknown: "Name what is deployed: vercel-token, GitHub Deployments, Sentry releases or deployed-sha.",
};

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
