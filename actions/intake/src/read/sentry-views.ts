import { HttpFailure } from "@patchpilot/http";
import type { SentryEvent, SentryIssue } from "@patchpilot/sentry";
import { keepPersonOut } from "../decide/keep-person-out.ts";
import type { SentryLink } from "../decide/recognise.ts";
import type { SentryView } from "../facts.ts";
import type { SentryReader } from "../ports.ts";

/**
 * How many incidents are asked about at the same time. Sentry answers a caller five single issues a second (its own
 * source: issues/endpoints/group_details.py); more at once would be refused, and come again, together.
 */
const AT_ONCE = 5;

/** What Sentry answered, or that it refused this one. */
type Answer = SentryView | HttpFailure;

/**
 * Asks Sentry about many links, a few at a time. One that fails does not stop the others.
 * @throws HttpFailure for a refused credential, and where it may read none of them: then it lacks the scope.
 */
export async function confirmLinks(
  sentry: SentryReader | null,
  links: readonly (SentryLink | null)[],
  environment: string,
): Promise<SentryView[]> {
  const listed = await readListed(sentry, links);
  const answers = await inTurn(links, (link): Promise<Answer> | Answer => {
    if (sentry === null || link === null) return { state: "absent" };
    const { issueId, shortId } = link;
    return tryReading(() =>
      issueId === null
        ? readByName(sentry, shortId, environment)
        : readById(sentry, issueId, environment, listed.get(issueId)),
    );
  });
  const refusal = answers.find((answer) => answer instanceof HttpFailure);
  if (refusal !== undefined && !answers.some((answer) => "state" in answer && answer.state === "read"))
    throw refusal;
  return answers.map((answer, index) => toView(answer, links[index]?.shortId ?? ""));
}

/**
 * What Sentry says of issues that its own list named, a few at a time. The list was answered, so a refusal is about
 * the one issue.
 * @throws HttpFailure for a refused credential.
 */
export async function confirmListed(
  sentry: SentryReader,
  listed: readonly SentryIssue[],
  environment: string,
): Promise<SentryView[]> {
  const answers = await inTurn(listed, ({ id }) => tryReading(() => readById(sentry, id, environment)));
  return answers.map((answer, index) => toView(answer, listed[index]?.shortId ?? listed[index]?.id ?? ""));
}

/** So few are asked about one by one: their lists would cost as much. */
const FEW = 3;

/** What two lists say of many issues; empty where they cannot be read, for each can be asked about as well. */
async function readListed(
  sentry: SentryReader | null,
  links: readonly (SentryLink | null)[],
): Promise<ReadonlyMap<string, SentryIssue>> {
  const ids = links.flatMap((link) => link?.issueId ?? []);
  if (sentry === null || ids.length <= FEW) return new Map();
  try {
    return await sentry.getIssuesFromLists(ids);
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind === "unauthorized") throw error;
    return new Map();
  }
}

/** Runs a task for each item, a few at a time; answers in order. */
export async function inTurn<T, R>(items: readonly T[], task: (item: T) => Promise<R> | R): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await task(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return results;
}

type Read = { readonly issue: SentryIssue; readonly event: SentryEvent | null };

async function tryReading(read: () => Promise<Read>): Promise<Answer> {
  try {
    return { state: "read", ...(await read()) };
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind === "unauthorized") throw error;
    if (error.kind === "forbidden") return error;
    return { state: "failed", known: error.kind === "not-found", message: error.message };
  }
}

function toView(answer: Answer, name: string): SentryView {
  if (answer instanceof HttpFailure)
    return {
      state: "failed",
      known: true,
      message: `Sentry refuses ${name}, though not the others: give the token access to its project`,
    };
  if (answer.state !== "failed" || !answer.known) return answer;
  return { ...answer, message: `Sentry knows no issue ${name}, or the token may not read it` };
}

/** Issue and event at once: Sentry counts each kind of question by itself. */
async function readById(
  sentry: SentryReader,
  id: string,
  environment: string,
  listed?: SentryIssue,
): Promise<Read> {
  const [issue, telling] = await Promise.all([
    listed ?? sentry.getIssue(id),
    tellingEvent(sentry, id, environment),
  ]);
  return keepPersonOut({ issue, event: telling ?? (await anyEvent(sentry, id)) });
}

async function readByName(sentry: SentryReader, shortId: string, environment: string): Promise<Read> {
  const issue = await sentry.resolveShortId(shortId);
  const telling = await tellingEvent(sentry, issue.id, environment);
  return keepPersonOut({ issue, event: telling ?? (await anyEvent(sentry, issue.id)) });
}

/** The most telling event of the environment; null where it has none. */
const tellingEvent = (sentry: SentryReader, id: string, environment: string): Promise<SentryEvent | null> =>
  orNull(() => sentry.getEvent(id, "recommended", environment));

/** The newest event of any environment, which tells where the issue does occur; null where Sentry keeps none. */
const anyEvent = (sentry: SentryReader, id: string): Promise<SentryEvent | null> =>
  orNull(() => sentry.getEvent(id, "latest"));

/** An answer, or null where the thing does not exist. */
export async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "not-found") return null;
    throw error;
  }
}
