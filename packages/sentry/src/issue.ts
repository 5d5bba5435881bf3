import { z } from "zod";
import { lenient, lenientList, lenientText } from "./lenient.ts";
import { once } from "./once.ts";

/** A release as issues and events name it. */
export type ReleaseName = { readonly version: string; readonly dateCreated: string | null };

/** An issue, narrowed to what decisions and evidence need. Enum values are plain strings: Sentry adds new ones. */
export type SentryIssue = {
  readonly id: string;
  /** "SHOP-1A": project slug and a base-32 number. */
  readonly shortId: string | null;
  readonly title: string;
  readonly culprit: string | null;
  readonly permalink: string | null;
  /** "error", "fatal", "warning", … */
  readonly level: string | null;
  /** "unresolved", "resolved", "ignored", … */
  readonly status: string;
  /** "new", "ongoing", "regressed", "escalating", … Changes by itself after 7 days: no sign of recovery. */
  readonly substatus: string | null;
  /** "low", "medium", "high" or null. */
  readonly priority: string | null;
  readonly platform: string | null;
  /** What it is about, in Sentry's own words; see `categorise`. An older Sentry leaves the latter two out. */
  readonly kind: {
    /** Type of its events: "error", "default", "csp", "generic", … */
    readonly type: string | null;
    /** "error", "performance_n_plus_one_db_queries", "uptime_domain_failure", … */
    readonly issueType: string | null;
    readonly category: string | null;
  };
  readonly project: { readonly id: string; readonly slug: string };
  readonly metadata: {
    readonly type: string | null;
    readonly value: string | null;
    readonly filename: string | null;
    readonly function: string | null;
  };
  /** Events over the issue's life; a string in the API. Null where this Sentry does not tell. */
  readonly count: number | null;
  readonly userCount: number | null;
  /** ISO 8601. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Only in a single issue's reply, not in lists. */
  readonly firstRelease: ReleaseName | null;
  readonly lastRelease: ReleaseName | null;
  readonly isUnhandled: boolean | null;
  /** When it came back after it was resolved, newest first. Only in a single issue's reply. */
  readonly regressions: readonly { readonly at: string; readonly release: string | null }[];
  /** Seer or a person has a fix underway; null where this Sentry does not tell. */
  readonly hasOpenFixPr: boolean | null;
  /** Whether its newest event has attachments, such as a screenshot; null where this Sentry does not say. */
  readonly hasAttachments: boolean | null;
  /** Issues elsewhere that an integration linked; only where they were asked for. */
  readonly integrationIssues: readonly { readonly url: string; readonly key: string | null }[];
};

const rawIssueSchema = once(() =>
  z.object({
    id: z.coerce.string(),
    shortId: lenientText(),
    title: lenientText(),
    culprit: lenientText(),
    permalink: lenientText(),
    level: lenientText(),
    status: z.string(),
    substatus: lenientText(),
    priority: lenientText(),
    platform: lenientText(),
    ...{ type: lenientText(), issueType: lenientText(), issueCategory: lenientText() },
    project: z.object({ id: z.coerce.string(), slug: z.string() }),
    metadata: metadataSchema(),
    count: countSchema(),
    userCount: countSchema(),
    firstSeen: lenientText(),
    lastSeen: lenientText(),
    firstRelease: releaseNameSchema(),
    lastRelease: releaseNameSchema(),
    isUnhandled: lenient(z.boolean()),
    activity: lenientList(
      z.object({ type: z.string(), dateCreated: lenientText(), data: z.looseObject({}).nullish() }),
    ),
    derivedData: z.object({ hasOpenFixPr: z.boolean().nullish() }).nullish().catch(null),
    latestEventHasAttachments: lenient(z.boolean()),
    integrationIssues: lenientList(z.object({ url: z.string(), key: lenientText() })),
  }),
);

/** One issue, as the issue list, a single issue and a short id's reply carry it. */
export const sentryIssueSchema = once(() => rawIssueSchema().transform(toIssue));

function toIssue(raw: z.output<ReturnType<typeof rawIssueSchema>>): SentryIssue {
  const { activity, derivedData, latestEventHasAttachments, type, issueType, issueCategory, ...issue } = raw;
  return {
    ...issue,
    title: issue.title ?? "",
    kind: { type, issueType, category: issueCategory },
    regressions: listRegressions(activity),
    hasOpenFixPr: derivedData?.hasOpenFixPr ?? null,
    hasAttachments: latestEventHasAttachments,
  };
}

/** A number, or digits in text; null where there is neither: a missing count is not none. */
function countSchema() {
  const digits = z.string().regex(/^\d{1,15}$/);
  return lenient(z.union([z.int().min(0), digits.transform(Number)]));
}

/** A release inside an issue or event; null where none is known. */
export function releaseNameSchema() {
  return lenient(z.object({ version: z.string(), dateCreated: lenientText() }));
}

function metadataSchema() {
  const nothing = { type: null, value: null, filename: null, function: null };
  const texts = {
    type: lenientText(),
    value: lenientText(),
    filename: lenientText(),
    function: lenientText(),
  };
  return lenient(z.object(texts)).transform((metadata) => metadata ?? nothing);
}

type Activity = {
  type: string;
  dateCreated: string | null;
  data?: Record<string, unknown> | null | undefined;
};

function listRegressions(activity: readonly Activity[]): SentryIssue["regressions"] {
  return activity
    .filter(({ type }) => type === "set_regression")
    .map(({ dateCreated, data }) => ({
      at: dateCreated ?? "",
      release: typeof data?.["version"] === "string" && data["version"] !== "" ? data["version"] : null,
    }))
    .sort((one, other) => other.at.localeCompare(one.at));
}
