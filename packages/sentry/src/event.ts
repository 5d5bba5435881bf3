import { z } from "zod";
import { type EventDetails, readDetails } from "./event-details.ts";
import { readExceptions, type SentryException } from "./exceptions.ts";
import { type ReleaseName, releaseNameSchema } from "./issue.ts";
import { lenient, lenientList, lenientText, lenientValues } from "./lenient.ts";
import { once } from "./once.ts";

export type SentryBreadcrumb = {
  readonly at: string | null;
  readonly category: string | null;
  readonly level: string | null;
  readonly message: string | null;
};

/**
 * An event, narrowed to an allow-list: no user, request body, headers, cookies or variables are taken over,
 * and of the contexts what `EventDetails` names.
 * Every text in it may have been written by anyone who knows the DSN.
 */
export type SentryEvent = {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly culprit: string | null;
  readonly platform: string | null;
  readonly type: string | null;
  readonly dateCreated: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** From the release object, else from the tag. */
  readonly release: ReleaseName | null;
  /** The chain of exceptions; the last one is the one that was raised, or has the stack of what crashed without one. */
  readonly exceptions: readonly SentryException[];
  /** The last ones before the event, oldest first, at most 20. */
  readonly breadcrumbs: readonly SentryBreadcrumb[];
  readonly request: { readonly method: string | null; readonly url: string | null } | null;
  /** What Sentry shows of a performance or metric issue. */
  readonly evidenceDisplay: readonly { readonly name: string; readonly value: string }[];
  /** Sentry's own troubles with the event; `js_…` says that source maps are missing. */
  readonly processingErrors: readonly string[];
  readonly details: EventDetails;
};

const MAX_BREADCRUMBS = 20;
const unread = () => z.unknown().optional();

export const eventSchema = once(() =>
  z
    .object({
      ...{ id: lenientText(), eventID: lenientText() },
      title: lenientText(),
      message: lenientText(),
      culprit: lenientText(),
      platform: lenientText(),
      type: lenientText(),
      dateCreated: lenientText(),
      tags: lenientList(z.object({ key: z.string(), value: z.coerce.string() })),
      release: releaseNameSchema(),
      entries: lenientList(z.object({ type: z.string(), data: z.unknown() })),
      ...{ exception: unread(), threads: unread(), stacktrace: unread(), contexts: unread() },
      errors: lenientList(z.object({ type: z.string() })),
      occurrence: z.looseObject({ evidenceDisplay: evidenceDisplay() }).nullish().catch(null),
    })
    .transform((raw): SentryEvent => {
      const tags = Object.fromEntries(raw.tags.map(({ key, value }) => [key, value]));
      const entry = (type: string) => raw.entries.find((one) => one.type === type)?.data;
      return {
        id: raw.eventID ?? raw.id ?? "",
        title: raw.title ?? "",
        message: raw.message ?? "",
        culprit: raw.culprit,
        platform: raw.platform,
        type: raw.type,
        dateCreated: raw.dateCreated,
        tags,
        release: raw.release ?? (tags["release"] ? { version: tags["release"], dateCreated: null } : null),
        exceptions: readExceptions({
          exception: entry("exception") ?? raw.exception,
          threads: entry("threads") ?? raw.threads,
          stacktrace: entry("stacktrace") ?? raw.stacktrace,
        }),
        breadcrumbs: breadcrumbs().parse(entry("breadcrumbs")),
        request: request().parse(entry("request")),
        evidenceDisplay: raw.occurrence?.evidenceDisplay ?? [],
        processingErrors: raw.errors.map(({ type }) => type),
        details: readDetails({ entry, contexts: raw.contexts, occurrence: raw.occurrence, type: raw.type }),
      };
    }),
);

const evidenceDisplay = once(() =>
  lenientList(z.object({ name: z.coerce.string(), value: z.coerce.string() })),
);

const request = once(() => lenient(z.object({ method: lenientText(), url: lenientText() })));

const breadcrumbs = once(() => {
  const crumb = z.object({
    timestamp: lenientText(),
    category: lenientText(),
    level: lenientText(),
    message: lenientText(),
  });
  return lenientValues(crumb).transform((values) =>
    values
      .slice(-MAX_BREADCRUMBS)
      .map(({ timestamp, ...rest }): SentryBreadcrumb => ({ at: timestamp, ...rest })),
  );
});
