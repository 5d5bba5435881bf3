import { HttpFailure, readIfThere } from "@patchpilot/http";
import type { SentryEvent, SentryIssue } from "@patchpilot/sentry";
import { keepPersonOut } from "../decide/keep-person-out.ts";
import type { SentryLink } from "../decide/recognise.ts";
import type { SentryView } from "../facts.ts";
import type { SentryReader } from "../ports.ts";

/** What Sentry answered, or that it refused this one. */
type Answer = SentryView | HttpFailure;

/**
 * Asks Sentry about many links. One that fails does not stop the others.
 * @param listed what was listed whole before
 * @throws HttpFailure for a refused credential, and where it may read none of them: then it lacks the scope.
 */
export async function confirmLinks(
  sentry: SentryReader | null,
  links: readonly (SentryLink | null)[],
  environment: string,
  listed: ReadonlyMap<string, SentryIssue>,
): Promise<SentryView[]> {
  const ids = links.flatMap((link) => link?.issueId ?? []);
  const asked = sentry && withLists(sentry, ids, listed);
  const ask = (link: SentryLink | null): Promise<Answer> | Answer => {
    if (asked === null || link === null) return { state: "absent" };
    const { issueId, shortId } = link;
    return tryReading(() =>
      issueId === null ? readByName(asked, shortId, environment) : readById(asked, issueId, environment),
    );
  };
  const answers = await Promise.all(links.map(ask));
  const refusal = answers.find((answer) => answer instanceof HttpFailure);
  if (refusal !== undefined && !answers.some((answer) => "state" in answer && answer.state === "read"))
    throw refusal;
  return answers.map((answer, index) => toView(answer, links[index]?.shortId ?? ""));
}

/**
 * What Sentry says of issues that its own list named. The list was answered, so a refusal is about
 * the one issue.
 * @throws HttpFailure for a refused credential.
 */
export async function confirmListed(
  sentry: SentryReader,
  listed: readonly SentryIssue[],
  environment: string,
): Promise<SentryView[]> {
  // When something came back is in its own reply alone.
  const ids = listed.flatMap(({ id, substatus }) => (substatus === "regressed" ? [] : [id]));
  return confirmEach(withLists(sentry, ids, new Map()), listed, environment);
}

/** The same from single replies alone: only they say in which release an issue was seen last, and when it came back. */
export async function confirmEach(
  sentry: Asked,
  listed: readonly SentryIssue[],
  environment: string,
): Promise<SentryView[]> {
  const ask = ({ id }: SentryIssue) => tryReading(() => readById(sentry, id, environment));
  const answers = await Promise.all(listed.map(ask));
  return answers.map((answer, index) => toView(answer, listed[index]?.shortId ?? listed[index]?.id ?? ""));
}

type Asked = Pick<SentryReader, "getIssue" | "resolveShortId" | "getEvent">;

/** Answers from lists what they say of single issues, and asks for the rest one by one. */
function withLists(
  sentry: SentryReader,
  ids: readonly string[],
  listed: ReadonlyMap<string, SentryIssue>,
): Asked {
  let listing: ReturnType<typeof readListed> | undefined;
  return {
    getIssue: async (id) => {
      listing ??= readListed(sentry, ids, listed);
      return (await listing).get(id) ?? sentry.getIssue(id);
    },
    resolveShortId: sentry.resolveShortId,
    getEvent: sentry.getEvent,
  };
}

/** So few are asked about one by one: their lists would cost as much. */
const FEW = 3;

/** What two lists say of many issues; empty where they cannot be read, for each can be asked about as well. */
async function readListed(
  sentry: SentryReader,
  ids: readonly string[],
  listed: ReadonlyMap<string, SentryIssue>,
): Promise<ReadonlyMap<string, SentryIssue>> {
  if (ids.length <= FEW) return new Map();
  const known = ids.flatMap((id) => listed.get(id) ?? []);
  const unlisted = ids.filter((id) => !listed.has(id));
  try {
    const others = unlisted.length <= FEW ? [] : await sentry.listWholeIssues(unlisted);
    return await sentry.addFirstReleases([...known, ...others]);
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind === "unauthorized") throw error;
    return new Map();
  }
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
  return { ...answer, message: `Sentry has no issue ${name}, or the token cannot read it` };
}

/** Issue and event at once: Sentry counts each kind of question by itself. */
async function readById(sentry: Asked, id: string, environment: string): Promise<Read> {
  const [issue, telling] = await Promise.all([sentry.getIssue(id), tellingEvent(sentry, id, environment)]);
  return keepPersonOut({ issue, event: telling ?? (await anyEvent(sentry, id)) });
}

async function readByName(sentry: Asked, shortId: string, environment: string): Promise<Read> {
  const issue = await sentry.resolveShortId(shortId);
  const telling = await tellingEvent(sentry, issue.id, environment);
  return keepPersonOut({ issue, event: telling ?? (await anyEvent(sentry, issue.id)) });
}

/** The most telling event of the environment; null where it has none. */
const tellingEvent = (sentry: Asked, id: string, environment: string): Promise<SentryEvent | null> =>
  orNull(() => sentry.getEvent(id, "recommended", environment));

/** The newest event of any environment, which tells where the issue does occur; null where Sentry keeps none. */
const anyEvent = (sentry: Asked, id: string): Promise<SentryEvent | null> =>
  orNull(() => sentry.getEvent(id, "latest"));

/** An answer, or null where the thing does not exist. */
export const orNull = async <T>(ask: () => Promise<T>): Promise<T | null> => (await readIfThere(ask)) ?? null;
