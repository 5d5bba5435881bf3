import { describeInstant, describeSpan, WEEK } from "@patchpilot/time";
import type { DeploymentFact, VerifyCheck, VerifyFacts, VerifySettings } from "../../facts.ts";
import { capitalise, describeCommit, describeDue, nameMerge, SOURCE_NAMES } from "../../words.ts";
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
  if (deployment.state !== "live") return judgeNotLive(deployment, facts, now, settings);
  const since = describeInstant(deployment.since, now);
  const what = fix.kind === "merged" ? nameMerge(fix) : "it";
  const picked = deployment.pick === undefined ? "" : `, picked as ${deployment.pick},`;
  const check: VerifyCheck = {
    name: "deployment",
    state: "yes",
    detail: `${describeCommit(deployment.sha)} is live, with ${what}${picked} since ${since} (${SOURCE_NAMES[deployment.source]})`,
  };
  if (fix.kind === "deployment") {
    const detail = `${describeCommit(deployment.sha)}, deployed on ${since} (${SOURCE_NAMES[deployment.source]})`;
    return young(facts, deployment.since, now, settings) ?? pass({ ...check, detail });
  }
  return young(facts, deployment.since, now, settings) ?? pass(check);
}

function young(
  facts: VerifyFacts,
  since: number,
  now: number,
  { minDeployAgeMs }: VerifySettings,
): VerifyAnswer | undefined {
  if (now - since >= minDeployAgeMs) return undefined;
  const needed = describeSpan(minDeployAgeMs);
  const eta = since + minDeployAgeMs;
  return halt(
    { name: "deployment", state: "no", detail: `live for ${describeSpan(now - since)}, less than ${needed}` },
    {
      decision: "wait",
      verdict: "waiting",
      reason: `${nameLive(facts)} went live on ${describeInstant(since, now)}; the first look comes on ${describeDue(eta, now)}.`,
      next: null,
      odds: [`A deployment has to be ${needed} old (min-deploy-age-seconds).`],
      eta,
    },
  );
}

const nameLive = ({ fix }: VerifyFacts): string =>
  fix.kind === "merged" ? capitalise(nameMerge(fix)) : "The deployment";

function judgeNotLive(
  deployment: NotLive,
  { fix, kind }: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyAnswer {
  const unknown = deployment.state === "unknown" || deployment.state === "suspected";
  const check: VerifyCheck = {
    name: "deployment",
    state: unknown ? "unknown" : "no",
    detail: deployment.detail,
  };
  const finding = {
    verdict: unknown ? ("unknown" as const) : ("not-deployed" as const),
    reason: deployment.detail,
    next: chooseNext(deployment, kind),
  };
  if (fix.kind === "deployment") return halt(check, { ...finding, decision: "skip", eta: null });
  if (deployment.state === "failed") return halt(check, { ...finding, decision: "escalate", eta: null });
  const until = deployment.until ?? fix.at + DEPLOY_PATIENCE_MS;
  const wait = waitUntil(until, now, settings, finding);
  if (unknown || wait.follows === undefined || !settings.allow.includes("escalate")) return halt(check, wait);
  return halt(check, {
    ...wait,
    follows: `You decide if it is not live by ${describeDue(until, now)}.`,
  });
}

function chooseNext(deployment: NotLive, kind: VerifyFacts["kind"]): string | null {
  // What a source could not answer says itself what helps.
  if (deployment.state === "unknown" && !deployment.untold) return null;
  return (kind === "asked" ? NEXT_OF_ASKED[deployment.state] : undefined) ?? NEXT[deployment.state];
}

const NEXT: { readonly [State in NotLive["state"]]: string | null } = {
  pending: null,
  staged: "Promote the deployment to production.",
  failed: "See why the deployment failed, and deploy again.",
  "rolled-back": "Deploy the fix again if it was not taken back on purpose.",
  reverted:
    "If the fix is still wanted, land it again with `Refs` and this issue in the pull request. The label patchpilot:retry opens a new attempt.",
  suspected:
    "Look at that commit. If production has the fix, say `Refs` and this issue in the pull request that brought it. If not, deploy the fix.",
  absent: "Deploy it, if that does not happen by itself.",
  unknown: "Name what is deployed: vercel-token, GitHub Deployments, Sentry releases or deployed-sha.",
};

/** Of work that someone asked for nothing is called a fix, and nothing is tried by itself. */
const NEXT_OF_ASKED: { readonly [State in NotLive["state"]]?: string } = {
  "rolled-back": "Deploy it again if it was not taken back on purpose.",
  reverted: "If it is still wanted, land it again with `Refs` and this issue in the pull request.",
  suspected:
    "Look at that commit. If production has the change, say `Refs` and this issue in the pull request that brought it. If not, deploy it.",
};

/**
 * The end of work that a person asked for. No number of production says whether it does what was wanted, so none is
 * asked for and none is claimed: it is merged, and live as far as anything tells.
 */
export function closeAsked({ deployment, health }: VerifyFacts): VerifyFinding {
  const where =
    deployment?.state === "live"
      ? `Merged and live in ${describeCommit(deployment.sha)}${health?.state === "healthy" ? ", and the app answers" : ""}.`
      : "Merged. Nothing says what is deployed, so whether it is live is not known.";
  return {
    decision: "close",
    verdict: "unmeasured",
    reason: `${where} Nothing was measured: its review decided whether it does what was asked for.`,
    next: null,
    odds: [
      "If something is missing, reopen this issue; the label patchpilot:retry then opens one more attempt.",
    ],
    eta: null,
  };
}
