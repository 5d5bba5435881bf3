import { isNotFound } from "@patchpilot/http";
import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import { eventSchema, type SentryEvent } from "./event.ts";
import { readInstant, toSentryTime } from "./instants.ts";
import { lenientList, lenientText } from "./lenient.ts";
import { type Pages, readPages } from "./paging.ts";

/** `recommended` is the most telling one, `latest` the newest. */
export type EventChoice = "recommended" | "latest" | "oldest" | (string & {});

/** Whether a Sentry knows `recommended`, as far as its answers show: at first there were `latest` and `oldest` only. */
const recommending = new WeakMap<SentryConnection, boolean>();

/**
 * One event of an issue. `environment` narrows which ones count. Not found where none survives in retention. An older
 * Sentry, of your own, answers for `recommended` that it does not exist; its `latest` takes that place.
 */
export async function getEvent(
  connection: SentryConnection,
  issueId: string,
  choice: EventChoice = "recommended",
  environment?: string,
): Promise<SentryEvent> {
  if (choice !== "recommended") return askEvent(connection, issueId, choice, environment);
  const known = recommending.get(connection);
  if (known === false) return askEvent(connection, issueId, "latest", environment);
  try {
    const event = await askEvent(connection, issueId, choice, environment);
    recommending.set(connection, true);
    return event;
  } catch (error) {
    const isMissing = isNotFound(error);
    if (!isMissing || recommending.get(connection)) throw error;
    const event = await askEvent(connection, issueId, "latest", environment);
    recommending.set(connection, false);
    return event;
  }
}

async function askEvent(
  connection: SentryConnection,
  issueId: string,
  choice: EventChoice,
  environment: string | undefined,
): Promise<SentryEvent> {
  const { value } = await connection.ask({
    path: ["issues", issueId, "events", choice],
    query: { environment },
    schema: eventSchema(),
    scope: "event:read",
    few: "event",
  });
  return value;
}

/** When an event happened, and in which release; what counting needs. */
export type EventRow = {
  readonly issueId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Null where the event names none. */
  readonly release: string | null;
};

export type EventWindow = {
  readonly start: Date;
  readonly end: Date;
  readonly environment?: string | undefined;
  /** Pages of 100; default 10. */
  readonly maxPages?: number;
};

/** The events of one issue, newest first. */
export async function listIssueEvents(
  connection: SentryConnection,
  issueId: string,
  window: EventWindow,
): Promise<Pages<EventRow>> {
  const row = z.object({
    dateCreated: lenientText(),
    tags: lenientList(z.object({ key: z.string(), value: lenientText() })),
  });
  const pages = await readPages(
    (cursor) =>
      connection.ask({
        path: ["issues", issueId, "events"],
        query: {
          start: toSentryTime(window.start),
          end: toSentryTime(window.end),
          environment: window.environment,
          per_page: 100,
          cursor,
        },
        schema: z.array(row),
        scope: "event:read",
      }),
    window.maxPages ?? 10,
  );
  const rows = pages.rows.flatMap(({ dateCreated, tags }) => {
    const at = readInstant(dateCreated);
    const release = tags.find(({ key }) => key === "release")?.value ?? null;
    return at === undefined ? [] : [{ issueId, at, release }];
  });
  return { rows, truncated: pages.truncated };
}
