import { type IssueFacts, isAtLeast, type Severity } from "@patchpilot/incident";
import type { SentryIssue } from "@patchpilot/sentry";
import type { IgnoreReason } from "../contract.ts";
import type { OpenPullRequest, Settings, Subject } from "./facts.ts";
import type { SentryLink } from "./recognise.ts";

/** A verdict on one candidate: null lets it pass. */
export type Objection = { readonly reason: IgnoreReason; readonly detail: string } | null;

const object = (reason: IgnoreReason, detail: string): Objection => ({ reason, detail });

/**
 * Whether the link leads to the Sentry and the organization that are configured: another one's numbers mean other
 * issues. Without a token nobody is asked, so the host does not matter then.
 */
export function judgeLink(link: SentryLink | null, settings: Settings): Objection {
  if (link === null) return null;
  const configured = new URL(settings.sentryUrl).host.toLowerCase();
  const isSaas = (host: string): boolean => host === "sentry.io" || host.endsWith(".sentry.io");
  if (settings.hasSentry && link.host !== configured && !(isSaas(link.host) && isSaas(configured)))
    return object("wrong-project", `its link leads to ${link.host}, not to ${configured} (sentry-url)`);
  const { organization } = settings;
  if (organization !== undefined && link.organization !== null && link.organization !== organization)
    return object(
      "wrong-project",
      `it belongs to the organization ${link.organization}, not ${organization} (sentry-org)`,
    );
  return null;
}

/** Judges what Sentry says of a failure. */
export function judgeView(subject: Subject, settings: Settings): Objection {
  const { view } = subject;
  if (view.state === "failed" && view.known) return object("unreadable", view.message);
  if (view.state !== "read") return null;
  return judgeIssue(view.issue, settings) ?? judgeEnvironment(subject, settings);
}

/**
 * Judges Sentry's issue: project, state, number of events, a fix that Seer has under way. What Sentry does not tell is
 * not held against it.
 */
export function judgeIssue(issue: SentryIssue, settings: Settings): Objection {
  const { project, status, count } = issue;
  if (!isProject(project, settings.projects))
    return object("wrong-project", `its project ${project.slug} is none of sentry-projects`);
  if (["resolved", "ignored", "pending_deletion", "pending_merge"].includes(status))
    return object(
      "resolved",
      status === "ignored" ? "it is archived in Sentry" : `it is ${status.replace("_", " ")} in Sentry`,
    );
  if (count !== null && count < settings.minEvents)
    return object("below-threshold", `${count} events, fewer than ${settings.minEvents} (min-events)`);
  if (issue.hasOpenFixPr === true)
    return object("fix-in-flight", "Sentry says that a pull request with a fix is open");
  return null;
}

const isProject = (project: SentryIssue["project"], projects: readonly string[]): boolean =>
  projects.length === 0 ||
  projects.some((entry) => entry === project.id || entry.toLowerCase() === project.slug.toLowerCase());

function judgeEnvironment({ view }: Subject, settings: Settings): Objection {
  const named = view.state === "read" ? environmentOf(view.event) : null;
  return named === null || named === settings.environment
    ? null
    : object("wrong-environment", `its event comes from another environment than ${settings.environment}`);
}

/** The environment that an event's tags name; null where they name none. */
export function environmentOf(
  event: { readonly tags: Readonly<Record<string, string>> } | null,
): string | null {
  return event?.tags["environment"] || null;
}

/** Whether a severity is high enough. */
export function judgeSeverity(severity: Severity, settings: Settings): Objection {
  return isAtLeast(severity, settings.minSeverity)
    ? null
    : object("below-threshold", `its severity is ${severity}, below ${settings.minSeverity} (min-severity)`);
}

/**
 * The open pull request of a person or of Seer that fixes this issue: GitHub says that it closes the issue, or it
 * refers to the issue (`#12`, `owner/repo#12` or its address) or names Sentry's short id. A stranger's pull request
 * does not count, or anyone could stop repairs; nor does one of ours.
 * @param issue null where none is open yet.
 */
export function findFix(
  issue: Pick<IssueFacts, "number" | "url"> | null,
  shortId: string | null,
  pulls: readonly OpenPullRequest[],
): OpenPullRequest | undefined {
  const mentions = [
    ...(issue === null ? [] : [referenceTo(issue)]),
    ...(shortId === null ? [] : [nameOf(shortId)]),
  ];
  const mention = new RegExp(mentions.join("|") || "(?!)", "i");
  return pulls.find(
    (pull) =>
      pull.trusted &&
      !pull.ours &&
      ((issue !== null && pull.closes.includes(issue.number)) ||
        mention.test(`${pull.title}\n${pull.body.slice(0, 20_000)}`)),
  );
}

const VERBS = "fix(?:e[sd])?|close[sd]?|resolve[sd]?|refs?|references|addresses";

/** A verb and the issue, in each of the ways that GitHub makes a link of. */
function referenceTo({ number, url }: Pick<IssueFacts, "number" | "url">): string {
  const repository = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/issues\//.exec(url)?.[1];
  const ways = [`#${number}`, escaped(url), ...(repository ? [escaped(`${repository}#${number}`)] : [])];
  return `\\b(?:${VERBS})[\\s:]{1,3}(?:${ways.join("|")})(?!\\w)`;
}

const nameOf = (shortId: string): string => `(?<![\\w-])${escaped(shortId)}(?![\\w-])`;

const escaped = (text: string): string => text.replace(/[^\w-]/g, "\\$&");
