import { readIssueText, sanitise, type Thrown } from "@patchpilot/evidence";
import type { Account } from "@patchpilot/incident";
import { hidePerson, isPersonal } from "./hide-person.ts";
import { readReportText } from "./report-facts.ts";

/** What the link in an issue's body says. Nothing of it decides whom PatchPilot asks. */
export type SentryLink = {
  readonly kind: "issue" | "feedback";
  /** Project and base-32 number: `ACME-BACKEND-CV`. */
  readonly shortId: string;
  /** Numeric id, where the address holds one. */
  readonly issueId: string | null;
  readonly organization: string | null;
  readonly host: string;
  readonly url: string;
};

/** What can be read from the issue alone. */
export type Recognised = {
  readonly link: SentryLink | null;
  readonly byAlert: boolean;
  readonly chain: readonly Thrown[];
  /** What a browser reported: then nothing was thrown. */
  readonly report?: { readonly kind: "csp"; readonly facts: Readonly<Record<string, string>> };
  /** Names and values of the table that performance and feedback issues carry. */
  readonly statements: readonly { readonly name: string; readonly value: string }[];
};

/** Of what has no issue yet. */
export const NOTHING_RECOGNISED: Recognised = { link: null, byAlert: false, chain: [], statements: [] };

const LINK =
  /Sentry (Issue|Feedback)\s{0,3}:\s{0,3}\[([A-Za-z0-9][\w-]{0,120}-[A-Za-z0-9]{1,14})\]\((https?:\/\/[^\s)]{1,2000})\)/i;
const ALERT = /This issue was automatically created by Sentry via \[/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/m;

/**
 * Reads the body that Sentry's integration wrote: manual or by an alert, an issue or feedback, with text of a model
 * before the link or none. The first link before the first fence counts, because a message may hold links; the
 * title is never read, because people and models write it.
 */
export function recognise(body: string): Recognised {
  const text = body.replaceAll("\r\n", "\n").slice(0, 65_536);
  const fence = FENCE.exec(text);
  const head = fence === null ? text : text.slice(0, fence.index);
  const link = readLink(sanitise(head).text);
  const block = fence === null ? "" : fenced(text.slice(fence.index), fence[1] ?? "```");
  const byAlert = ALERT.test(text);
  const report = readReportText(block);
  if (report !== null) {
    const { facts, rows: statements } = report;
    return { link, byAlert, chain: [], report: { kind: "csp", facts }, statements };
  }
  return {
    link,
    byAlert,
    chain: readIssueText(block),
    statements: link?.kind === "feedback" ? readFeedback(head) : readTable(head),
  };
}

/** The words of a feedback, between link and table; who wrote them is left out of them, too. */
function readFeedback(head: string): Recognised["statements"] {
  const rows = readTable(head);
  const person = rows.filter(({ name }) => isPersonal(name)).map(({ value }) => value);
  const found = LINK.exec(head);
  const [words = ""] = head.slice((found?.index ?? 0) + (found?.[0].length ?? 0)).split(/^\|/m);
  const message = { name: "message", value: words.trim().slice(0, 4000) };
  const kept = [...(message.value === "" ? [] : [message]), ...rows.filter(({ name }) => !isPersonal(name))];
  return kept.map(({ name, value }) => ({ name, value: hidePerson(person)(value) }));
}

function readLink(head: string): SentryLink | null {
  const found = LINK.exec(head);
  const url = found === null ? null : URL.parse(found[3] ?? "");
  if (found === null || url === null) return null;
  return {
    kind: /^issue$/i.test(found[1] ?? "") ? "issue" : "feedback",
    shortId: (found[2] ?? "").toUpperCase(),
    issueId: /\/issues\/(\d{1,20})(?=[/?#]|$)/.exec(url.pathname)?.[1] ?? null,
    organization: readOrganization(url),
    host: url.host.toLowerCase(),
    url: `${url.origin}${url.pathname}`,
  };
}

/** In the path (`/organizations/<org>/`, `/<org>/…/issues/`), else the first part of `<org>.sentry.io`. */
function readOrganization(url: URL): string | null {
  const named = /\/organizations\/([\w-]{1,100})\/issues\//.exec(url.pathname)?.[1];
  if (named !== undefined) return named;
  const first = /^\/([\w-]{1,100})\/(?:[\w-]{1,100}\/)?issues\//.exec(url.pathname)?.[1];
  if (first !== undefined) return first;
  const [subdomain = "", ...rest] = url.hostname.split(".");
  const isShared = ["us", "eu", "de", "www", "sentry"].includes(subdomain);
  return rest.join(".") === "sentry.io" && !isShared ? subdomain : null;
}

/** The text of the first fenced block; the last line that ends it is Sentry's, whatever the message holds. */
function fenced(text: string, bar: string): string {
  const lines = text.split("\n").slice(1);
  const end = lines.findLastIndex((line) => line.trimStart().startsWith(bar));
  return lines.slice(0, end === -1 ? lines.length : end).join("\n");
}

/** Rows such as `| **Transaction** | /checkout |`. */
function readTable(head: string): Recognised["statements"] {
  const rows = head.matchAll(/^\| \*\*([^|\n]{1,100})\*\* \| ([^|\n]{0,500}) \|?$/gm);
  return Array.from(rows)
    .slice(0, 20)
    .map(([, name = "", value = ""]) => ({ name, value }));
}

/**
 * Whether an account is one of Sentry's: by its id, or for `name[bot]` by login and type, because anyone may call
 * himself like a bot. GraphQL writes the login of a bot without `[bot]`, REST with it.
 */
export function isSentryAuthor(author: Account | null, accepted: readonly string[]): boolean {
  if (author === null) return false;
  return accepted.some((entry) => {
    if (/^\d+$/.test(entry)) return author.id === Number(entry);
    if (!entry.endsWith("[bot]")) return author.type !== "Bot" && author.login === entry;
    return author.type === "Bot" && (author.login === entry || author.login === entry.slice(0, -5));
  });
}
