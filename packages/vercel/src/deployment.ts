import type { DeploymentReply } from "./replies.ts";

/** Why a deployment will not go live by itself. */
export type FailureReason =
  | "build-failed"
  | "checks-failed"
  | "alias-failed"
  | "canceled"
  | "deleted"
  | "unverified-commit"
  | "missing-team-access"
  | "blocked";

/** What a person must know about a failed deployment: the reason, and a sentence with the remedy. */
export type DeploymentFailure = { readonly reason: FailureReason; readonly sentence: string };

/**
 * Where a deployment stands. READY is not live: `staged` was built and never served production.
 * `promoted` has served production, now or once: whether it does now, the project says.
 */
export type BuildState = "building" | "staged" | "rolling" | "promoted" | "failed";

/** One deployment, as far as PatchPilot decides on it. */
export type Deployment = {
  readonly id: string;
  /** The deployed commit; absent for deployments without git and for those of a working tree with changes. */
  readonly sha: string | undefined;
  readonly branch: string | undefined;
  readonly target: "production" | "other";
  readonly state: BuildState;
  readonly createdAt: Date | undefined;
  readonly readyAt: Date | undefined;
  /** When its domains were given to it, the last time that Vercel tells of: from then on visitors got it. */
  readonly aliasedAt: Date | undefined;
  readonly failure: DeploymentFailure | undefined;
  /** Page in Vercel's dashboard. */
  readonly inspectorUrl: string | undefined;
};

/** Reads one deployment of Vercel's list or detail reply. */
export function readDeployment(reply: DeploymentReply): Deployment {
  const failure = explainFailure(reply);
  return {
    id: reply.id,
    ...readCommit(reply.meta),
    target: reply.target === "production" ? "production" : "other",
    state: judgeState(reply, failure),
    createdAt: toDate(reply.createdAt ?? reply.created),
    readyAt: toDate(reply.ready),
    aliasedAt: toDate(reply.aliasAssignedAt ?? reply.aliasAssigned),
    failure,
    inspectorUrl: reply.inspectorUrl ?? undefined,
  };
}

function judgeState(reply: DeploymentReply, failure: DeploymentFailure | undefined): BuildState {
  if (failure) return "failed";
  if ((reply.readyState ?? reply.state) !== "READY") return "building";
  if (reply.readySubstate === "PROMOTED") return "promoted";
  return reply.readySubstate === "ROLLING" ? "rolling" : "staged";
}

function explainFailure(reply: DeploymentReply): DeploymentFailure | undefined {
  const told = reply.errorMessage || reply.readyStateReason || reply.errorCode;
  const because = told ? `: ${oneLine(told)}` : "";
  const state = reply.readyState ?? reply.state;
  if (state === "ERROR") return { reason: "build-failed", sentence: `Vercel could not build it${because}.` };
  if (state === "CANCELED") return canceled(reply, because);
  if (state === "BLOCKED") return blocked(reply);
  if (state === "DELETED") return { reason: "deleted", sentence: "It was deleted in Vercel: deploy again." };
  if (state !== "READY") return undefined;
  return failureAfterBuild(reply);
}

function failureAfterBuild(reply: DeploymentReply): DeploymentFailure | undefined {
  if (reply.readySubstate === "PROMOTED") return undefined;
  if (reply.checksConclusion === "failed")
    return { reason: "checks-failed", sentence: "It was built, but Vercel's deployment checks failed." };
  if (!reply.aliasError) return undefined;
  const because = reply.aliasError.message ? `: ${oneLine(reply.aliasError.message)}` : "";
  return { reason: "alias-failed", sentence: `It was built, but could not be given its domains${because}.` };
}

function canceled(reply: DeploymentReply, because: string): DeploymentFailure {
  if (reply.seatBlock) return blocked(reply);
  return { reason: "canceled", sentence: `It was canceled${because}. Deploy again if that was a mistake.` };
}

function blocked({ seatBlock, attribution }: DeploymentReply): DeploymentFailure {
  if (seatBlock?.blockCode === "TEAM_ACCESS_REQUIRED")
    return {
      reason: "missing-team-access",
      sentence:
        "Vercel blocked it: the commit's author is not a member of the Vercel team. Add that account to the team, or have someone on the team commit or redeploy.",
    };
  const isVerified = attribution?.commitMeta?.isVerified ?? seatBlock?.isVerified;
  if (isVerified === false || seatBlock?.blockCode === "COMMIT_AUTHOR_REQUIRED")
    return {
      reason: "unverified-commit",
      sentence:
        "Vercel blocked it: the commit is not verified as its author's. Sign the worker's commits, or redeploy it by hand in Vercel.",
    };
  return {
    reason: "blocked",
    sentence: "Vercel blocked it without naming a reason. Its page in Vercel says what to do.",
  };
}

/** Keys by Vercel's git integrations; `gitDirty` comes from the command line. */
export function readCommit(meta: DeploymentReply["meta"]): Pick<Deployment, "sha" | "branch"> {
  const say = (part: string): string | undefined => {
    const value = ["github", "gitlab", "bitbucket"]
      .map((host) => meta?.[`${host}Commit${part}`])
      .find(Boolean);
    return typeof value === "string" ? value : undefined;
  };
  const isDirty = String(meta?.["gitDirty"] ?? "0") !== "0";
  return { sha: isDirty ? undefined : say("Sha"), branch: say("Ref") };
}

/** Vercel's instants are milliseconds; `true` stands where it does not tell the time. */
export function toDate(instant: number | boolean | null | undefined): Date | undefined {
  return typeof instant === "number" ? new Date(instant) : undefined;
}

function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return (line.length > 160 ? `${line.slice(0, 159)}…` : line).replace(/\.$/, "");
}
