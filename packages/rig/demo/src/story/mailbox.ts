import type { GitHubEvent, GitHubWorld } from "@patchpilot/simulators/github";

/** One e-mail of GitHub, as it was when it was sent: later edits are in none. */
export type Mail = {
  /** ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly subject: string;
  /** The comment's or the body's Markdown; a sentence where there is neither. */
  readonly body: string;
  /** Why GitHub sends it. */
  readonly reason: "you were mentioned" | "your review was requested" | "you are subscribed to this thread";
  /** The issue or pull request, and the comment where it is about one. */
  readonly number: number;
  readonly comment: number | undefined;
};

/**
 * Collects what GitHub would mail to someone who does not watch the repository: new texts that mention them, requests for
 * their review, and what is new in a thread that they are then subscribed to. Never their own doing, an edit or a label.
 * @param onMail called for each at once
 * @see https://docs.github.com/en/subscriptions-and-notifications
 */
export function openMailbox(
  github: GitHubWorld,
  login: string,
  onMail: (mail: Mail) => void = () => undefined,
): { readonly mails: readonly Mail[] } {
  const mails: Mail[] = [];
  const threads = new Set<number>();
  github.onEvent((event) => {
    const news = readNews(event);
    if (news === undefined) return;
    const isOwn = event.actor.login === login;
    const reason = isOwn ? undefined : findReason(news, login, threads);
    // Whoever writes, is mentioned or is asked hears of what follows.
    if (isOwn || reason !== undefined) threads.add(news.number);
    if (reason === undefined) return;
    const { number, title, body, isPull, comment } = news;
    const subject = `${news.isFirst ? "" : "Re: "}[${event.repository}] ${title} (${isPull ? "PR" : "Issue"} #${number})`;
    const mail = { at: github.clock.iso(), from: event.actor.login, subject, body, reason, number, comment };
    mails.push(mail);
    onMail(mail);
  });
  return { mails };
}

/** What is new to those who follow a thread. */
type News = {
  readonly number: number;
  readonly title: string;
  readonly isPull: boolean;
  readonly isFirst: boolean;
  readonly body: string;
  readonly comment: number | undefined;
  /** Login of the reviewer who was asked. */
  readonly asked: string | undefined;
};

/** What GitHub writes of what has no text. */
const DEEDS: Readonly<Record<string, (thread: Thread, actor: string) => string>> = {
  closed: ({ number, merged }) => (merged === true ? `Merged #${number}.` : `Closed #${number}.`),
  reopened: ({ number }) => `Reopened #${number}.`,
  review_requested: ({ number, title }, actor) => `${actor} requested your review on: #${number} ${title}.`,
};

function readNews({ event, action, actor, payload }: GitHubEvent): News | undefined {
  const thread = (payload["issue"] ?? payload["pull_request"]) as Thread | undefined;
  if (thread === undefined || !/^(issues|issue_comment|pull_request)$/.test(event)) return undefined;
  const comment = payload["comment"] as { readonly id: number; readonly body: string } | undefined;
  const deed = DEEDS[action ?? ""]?.(thread, actor.login);
  const body = action === "opened" ? thread.body : action === "created" ? comment?.body : deed;
  if (body === undefined || body === null) return undefined;
  return {
    number: thread.number,
    title: thread.title,
    isPull: event === "pull_request" || thread.pull_request !== undefined,
    isFirst: action === "opened",
    body,
    comment: action === "created" ? comment?.id : undefined,
    asked: (payload["requested_reviewer"] as { readonly login: string } | undefined)?.login,
  };
}

type Thread = {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly merged?: boolean;
  readonly pull_request?: object;
};

function findReason(news: News, login: string, threads: ReadonlySet<number>): Mail["reason"] | undefined {
  if (news.asked !== undefined) return news.asked === login ? "your review was requested" : undefined;
  if (new RegExp(`(?<![\\w/.-])@${login}(?![\\w-])`, "i").test(withoutCode(news.body)))
    return "you were mentioned";
  return threads.has(news.number) ? "you are subscribed to this thread" : undefined;
}

/** In code and in what is hidden nobody is mentioned. */
const withoutCode = (text: string): string =>
  text.replace(/<!--[\s\S]*?-->/g, "").replace(/(`{3,})[\s\S]*?\1|`[^`\n]*`/g, "");
