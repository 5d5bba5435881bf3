import { HttpFailure } from "@patchpilot/http";
import type { SentryEvent, SentryIssue } from "@patchpilot/sentry";
import type { SentryView } from "./facts.ts";
import type { SentryReader } from "./ports.ts";
import type { SentryLink } from "./recognise.ts";

/** How many incidents are asked about at the same time; Sentry limits concurrency per caller. */
const AT_ONCE = 6;

/**
 * Asks Sentry about many links, a few at a time. One that fails does not stop the others; a refused credential does,
 * because it would fail for all.
 */
export async function confirmAll(
  sentry: SentryReader | null,
  links: readonly (SentryLink | null)[],
  environment: string,
): Promise<SentryView[]> {
  return inTurn(links, (link) => confirm(sentry, link, environment));
}

/** Runs a task for each item, a few at a time; answers in order. */
export async function inTurn<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
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

async function confirm(
  sentry: SentryReader | null,
  link: SentryLink | null,
  environment: string,
): Promise<SentryView> {
  if (sentry === null || link === null) return { state: "absent" };
  try {
    const issue =
      link.issueId === null ? await sentry.resolveShortId(link.shortId) : await sentry.getIssue(link.issueId);
    return { state: "read", issue, event: await findEvent(sentry, issue, environment) };
  } catch (error) {
    return failedView(error, link.shortId);
  }
}

/** What Sentry says of an issue that its own list named. */
export async function confirmListed(
  sentry: SentryReader,
  listed: SentryIssue,
  environment: string,
): Promise<SentryView> {
  try {
    const issue = await sentry.getIssue(listed.id);
    return { state: "read", issue, event: await findEvent(sentry, issue, environment) };
  } catch (error) {
    return failedView(error, listed.shortId ?? listed.id);
  }
}

function failedView(error: unknown, name: string): SentryView {
  if (!(error instanceof HttpFailure) || error.kind === "unauthorized" || error.kind === "forbidden")
    throw error;
  const known = error.kind === "not-found";
  return {
    state: "failed",
    known,
    message: known ? `Sentry knows no issue ${name}, or the token may not read it` : error.message,
  };
}

/**
 * The most telling event of the environment; without one there, the newest of any environment, which tells where the
 * issue does occur. Null where Sentry keeps none.
 */
async function findEvent(
  sentry: SentryReader,
  issue: SentryIssue,
  environment: string,
): Promise<SentryEvent | null> {
  return (
    (await orNull(() => sentry.getEvent(issue.id, "recommended", environment))) ??
    (await orNull(() => sentry.getEvent(issue.id, "latest")))
  );
}

/** An answer, or null where the thing does not exist. */
export async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "not-found") return null;
    throw error;
  }
}
