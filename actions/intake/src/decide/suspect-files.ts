import { type NamedPlaces, rankFiles, rankNamedFiles, type SuspectFile } from "@patchpilot/evidence";
import { type Candidate, type CodeFindings, readView } from "../facts.ts";
import { speakOfStack } from "../words/stack.ts";
import { findCategory, hasStack } from "./category.ts";
import { readChain } from "./chain.ts";
import { findReport } from "./find-report.ts";
import { withoutQuery } from "./report-facts.ts";

type Lessons = Parameters<typeof rankFiles>[0]["lessons"];

/** The files that a report leads to: by its stack, else by what it names. Pure. */
export function rankSuspects(
  candidate: Candidate,
  { files, commits, period }: CodeFindings,
  lessons: Lessons,
  most: number,
): SuspectFile[] {
  const all = files ?? { byName: new Map(), complete: false };
  const { category } = findCategory(candidate);
  if (!hasStack(category)) return rankNamedFiles(all, listPlaces(candidate), most);
  return rankFiles({ files: all, chain: readChain(candidate), commits, period, lessons, most }).map(
    (one) => ({
      ...one,
      reasons: one.reasons.map((reason) => speakOfStack(reason, category)),
    }),
  );
}

/** Where headers of a site are set, as frameworks and hosts name it. */
const POLICY = {
  pattern:
    /(?:^|\/)(?:_headers|nginx[\w.-]*\.conf|\.htaccess|vercel\.json|netlify\.toml|firebase\.json|staticwebapp\.config\.json|(?:next|nuxt|svelte|astro|remix|vite)\.config\.[cm]?[jt]s|(?:middleware|proxy)\.[cm]?[jt]sx?|content_security_policy\.rb|helmet[\w.-]*\.[cm]?[jt]s|settings\.py)$|(?:^|[/_.-])(?:csp|content-?security-?policy|security-?headers?|secure-?headers?)(?=[/_.-])/i,
  reason: "headers such as the policy are set in a file of this name",
};

/** What a report without a stack names. */
function listPlaces(candidate: Candidate): NamedPlaces {
  const { issue, event } = readView(candidate.view);
  const { operation, feedback, monitor } = event?.details ?? {};
  const nothing: NamedPlaces = { frames: [], names: [] };
  const { category } = findCategory(candidate);
  switch (category) {
    case "performance":
    case "vulnerability":
    case "replay": {
      const transaction = event?.tags["transaction"] ?? operation?.transaction ?? issue?.culprit ?? "";
      const texts = candidate.recognised.statements.map(({ value }) => value);
      const names = event === null ? texts : [transaction, ...(operation?.spans ?? [])];
      return { frames: operation?.frames ?? [], names };
    }
    case "feedback":
      return { ...nothing, names: [withoutQuery(feedback?.page) ?? ""] };
    case "cron":
      return { ...nothing, names: [monitor ?? ""] };
    case "uptime":
      return { ...nothing, names: [/https?:\/\/\S+/.exec(issue?.title ?? "")?.[0] ?? ""] };
    case "security": {
      const report = findReport(candidate);
      return report === null || report.kind === "csp" ? { ...nothing, place: POLICY } : nothing;
    }
    default:
      return nothing;
  }
}
