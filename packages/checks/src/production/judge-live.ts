import type { VercelProduction } from "@patchpilot/vercel";
import { type Answer, type Answered, judgeRefusal } from "../asking.ts";
import { attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { instant, listNames } from "../words.ts";
import type { LiveFacts, LiveSettings } from "./facts.ts";

const VERCEL_SETTINGS = ["vercel-token", "vercel-project", "vercel-team", "vercel-url"];
const VERCEL: CheckSubject = { name: "Live commit", settings: VERCEL_SETTINGS };
const DEPLOYMENTS: CheckSubject = { name: "Live commit", settings: ["production-environment"] };

const GIVEN: CheckSubject = { name: "Live commit", settings: ["deployed-sha"] };

/** Judges a live commit that the workflow gives itself. */
export function judgeGivenCommit(sha: string, isOurs: Answer<boolean>): readonly Check[] {
  const found = `The workflow gives the commit ${listNames([sha.slice(0, 40)])}.`;
  if (isOurs.state === "refused") return [judgeRefusal(GIVEN, isOurs)];
  return [judgeCommit(GIVEN, found, isOurs.asked, { isOurs })];
}

/** What is deployed from another repository, whose deployments this job's token cannot read. */
export const deploymentsElsewhere = (repository: string): Check =>
  unseen(DEPLOYMENTS, `it is deployed from ${repository}, which this job's token cannot read.`);

/** Half a set-up of Vercel; undefined: it is whole, or Vercel is not meant. */
export function judgeVercelSettings(settings: LiveSettings): Check | undefined {
  const { "vercel-token": token, "vercel-project": project, "vercel-team": team } = settings;
  if (token && !project)
    return missing(
      { ...VERCEL, settings: ["vercel-project"] },
      "A Vercel token is set, but no project.",
      "Name the project that serves production, by name or id.",
    );
  if (!token && (project || team))
    return missing(
      { ...VERCEL, settings: ["vercel-token"] },
      "A Vercel project is set, but no token.",
      "Make a token in Vercel (Account Settings > Tokens) whose scope is the project's team.",
    );
  return undefined;
}

/** The commit that visitors get, by the best source that answered. */
export function liveCommit({ vercel, deployments, release }: LiveFacts): string | undefined {
  if (vercel !== undefined) return vercel.state === "answered" ? vercel.value.live?.sha : undefined;
  return (deployments?.state === "answered" ? deployments.value : undefined) ?? release?.sha;
}

/** Judges where the live commit is known from. */
export function judgeLive(settings: LiveSettings, facts: LiveFacts): readonly Check[] {
  const { vercel } = facts;
  if (vercel?.state === "refused")
    return [judgeRefusal({ ...VERCEL, settings: blamedFor(vercel.kind) }, vercel)];
  if (vercel !== undefined) return judgeVercel(vercel, facts);
  return [judgeWithoutVercel(settings, facts)];
}

const blamedFor = (kind: string): readonly string[] =>
  ["network", "timeout", "unreadable"].includes(kind) ? ["vercel-url"] : VERCEL_SETTINGS;

function judgeVercel({ value, asked }: Answered<VercelProduction>, facts: LiveFacts): Check[] {
  const notices = value.notices.map((notice) =>
    attention({ name: "Vercel", settings: ["vercel-project"] }, notice, "", asked),
  );
  const where = `Vercel project ${listNames([value.projectName])}`;
  const { live } = value;
  if (live?.sha === undefined) {
    const found = live === undefined ? "has nothing live yet" : "does not know the commit that is live";
    const remedy =
      "Deploy to production from this repository; recovery is judged from the first deployment on.";
    return [attention(VERCEL, `${where} ${found}.`, remedy, asked), ...notices];
  }
  const since = live.liveSince ? `, live since ${instant(live.liveSince)}` : "";
  const check = judgeCommit(VERCEL, `${where}: commit ${live.sha.slice(0, 7)}${since}.`, asked, facts);
  return [check, ...notices];
}

function judgeWithoutVercel(
  { "production-environment": environment }: LiveSettings,
  facts: LiveFacts,
): Check {
  const { deployments, release } = facts;
  if (deployments?.state === "answered" && deployments.value !== undefined) {
    const found = `GitHub Deployments of ${listNames([environment])}: commit ${deployments.value.slice(0, 7)}.`;
    return judgeCommit(DEPLOYMENTS, found, deployments.asked, facts);
  }
  const [first, ...rest] = release?.asked ?? [];
  if (release !== undefined && first !== undefined) {
    const found = `Sentry's newest release ${listNames([release.version])}: commit ${release.sha.slice(0, 7)}.`;
    return judgeCommit(DEPLOYMENTS, found, [first, ...rest], facts);
  }
  if (deployments?.state === "refused") return judgeRefusal(DEPLOYMENTS, deployments);
  return missing(
    { ...DEPLOYMENTS, settings: [...DEPLOYMENTS.settings, "vercel-token", "vercel-project"] },
    `Nothing says what is live: no successful GitHub Deployment of ${listNames([environment])}, no Vercel project, and no Sentry release with a commit.`,
    "Without it no fix is ever seen in production. Set Vercel up, deploy with GitHub Deployments, or set `release` to the commit's SHA in `Sentry.init`.",
    deployments?.asked,
  );
}

function judgeCommit(
  subject: CheckSubject,
  found: string,
  asked: Answered<unknown>["asked"],
  { isOurs }: LiveFacts,
): Check {
  if (isOurs?.state === "answered" && !isOurs.value)
    return missing(
      subject,
      `${found} This repository has no such commit.`,
      "Name the project or environment that is deployed from this repository.",
      [...asked, ...isOurs.asked],
    );
  if (isOurs?.state === "refused") return unseen(subject, `${found} ${isOurs.found}`, isOurs.remedy);
  return fine(subject, found, asked);
}
