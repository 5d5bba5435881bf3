import { type ApiFrame, describeFrame, isNewestFirst } from "./issue-frames.ts";
import { issuePermalink, type SentryWorld, type StoredEvent, type StoredIssue } from "./world.ts";

/** What Sentry's GitHub integration writes when an alert rule opens an issue. */
export type GitHubIssueText = { readonly title: string; readonly body: string };

export type AlertRule = { readonly name: string; readonly id: string };

/** Sentry shows a handful of frames, no matter how deep the stack is. */
const MAX_FRAMES = 5;

/**
 * The issue as an alert rule with the action "Create a GitHub issue" writes it: a link without `?referrer`, the
 * exceptions in a fence, and the rule by name. (getsentry/sentry, `integrations/mixins/issues.py` and
 * `rules/actions/integrations/create_ticket/utils.py`)
 */
export function writeGitHubIssue(
  world: SentryWorld,
  issue: StoredIssue,
  event: StoredEvent,
  rule: AlertRule,
): GitHubIssueText {
  const project = world.projects.get(issue.projectId);
  const link = issuePermalink(world, issue.id);
  const alert = `${world.webUrl}/organizations/${world.organization}/alerts/rules/${project?.slug}/${rule.id}/`;
  const what = issue.kind.issueCategory === "feedback" ? "Feedback" : "Issue";
  const body = [
    `Sentry ${what}: [${issue.shortId}](${link})`,
    ...describeKind(issue, event),
    `This issue was automatically created by Sentry via [${rule.name}](${alert})`,
  ];
  return { title: issue.title, body: body.join("\n") };
}

/** Errors and what browsers report are in a fence, all else in a table whose values are cut (`MAX_CHAR`). */
function describeKind({ kind }: StoredIssue, event: StoredEvent): string[] {
  if (kind.occurrence === null) return ["", "```", describe(event), "```"];
  const rows = (kind.occurrence["evidenceDisplay"] ?? []) as Evidence[];
  const isFeedback = kind.issueCategory === "feedback";
  const words = isFeedback ? rows.filter(({ name }) => name === "message") : [];
  const lines = rows
    .filter((row) => !words.includes(row))
    .toSorted((a, b) => Number(b.important) - Number(a.important))
    .map(({ name, value }) => `| **${name}** | ${isFeedback ? value : value.slice(0, 50)} |`);
  const table = ["|  |  |", "| ------------- | --------------- |", ...lines];
  return [...(isFeedback ? ["", ...words.flatMap(({ value }) => [value, ""])] : []), ...table];
}

type Evidence = { readonly name: string; readonly value: string; readonly important: boolean };

type Exception = { type: string | null; value: string | null; stacktrace: { frames: ApiFrame[] } | null };

/** The chain of exceptions as Sentry prints it. */
function describe({ api }: StoredEvent): string {
  const exceptions = api.entries.find(({ type }) => type === "exception")?.data as
    | { values: Exception[] }
    | undefined;
  const report = api.entries.find(({ type }) => type === "csp");
  if (report !== undefined)
    return `${api.title}\n\n${JSON.stringify({ "csp-report": report.data }, null, 2)}`;
  if (exceptions === undefined) return api.title;
  return exceptions.values.map((one) => describeException(one, api.platform)).join("\n\n");
}

/** "Type: value", then at most five frames of the app (else of all), and how many were left out. */
function describeException({ type, value, stacktrace }: Exception, platform: string): string {
  const all = stacktrace?.frames ?? [];
  const ofApp = all.filter(({ inApp }) => inApp);
  const shown = (ofApp.length > 0 ? ofApp : all).slice(-MAX_FRAMES);
  const hidden = `(${all.length - MAX_FRAMES} additional frame(s) were not displayed)`;
  const newest = isNewestFirst(platform);
  return [
    `${type}: ${value}`,
    ...(all.length > MAX_FRAMES && !newest ? [hidden, "..."] : []),
    ...(newest ? shown.toReversed() : shown).map((frame) => describeFrame(frame, platform)),
    ...(all.length > MAX_FRAMES && newest ? ["...", hidden] : []),
  ].join("\n");
}
