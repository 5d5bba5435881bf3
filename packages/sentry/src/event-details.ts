import { z } from "zod";
import { lenient, lenientText } from "./lenient.ts";
import { once } from "./once.ts";
import { type OperationEvidence, readOperationEvidence } from "./operation-evidence.ts";

/** What a browser reported by a policy of the site, or a network error (NEL): names and values of an allow-list. */
export type SecurityReport = {
  readonly kind: (typeof REPORTS)[number];
  readonly facts: Readonly<Record<string, string>>;
};

/** What somebody wrote about the application. */
export type SentFeedback = {
  readonly message: string;
  /** The page on which it was written. */
  readonly page: string | null;
  readonly source: string | null;
  readonly hasReplay: boolean;
  /** Name and mail address of the person: read only so that they can be kept out of every other text. */
  readonly person: readonly string[];
};

/** What only events of some kinds carry, each null in the others. Texts are hostile. */
export type EventDetails = {
  /** Sentry's number of what its detector found (1006: N+1 queries, 7001: downtime). */
  readonly detected: number | null;
  readonly report: SecurityReport | null;
  readonly feedback: SentFeedback | null;
  /** Slug of the cron monitor. */
  readonly monitor: string | null;
  readonly operation: OperationEvidence | null;
};

/** Of an error. */
export const NO_DETAILS: EventDetails = {
  detected: null,
  report: null,
  feedback: null,
  monitor: null,
  operation: null,
};

/** Types of events that browsers report, as Sentry names them. */
export const REPORTS = ["csp", "hpkp", "expectct", "expectstaple", "nel"] as const;

/** What is taken over of a report. Addresses of servers and people, certificates and policies are not. */
const REPORT_FACTS = [
  ...["effective_directive", "violated_directive", "blocked_uri", "document_uri", "source_file"],
  ...["line_number", "disposition", "script_sample", "status_code"],
  ...["hostname", "port", "failure_mode", "response_status", "cert_status", "effective_expiration_date"],
  ...["error_type", "phase", "protocol", "method", "elapsed_time"],
];

/** The parts of an event that hold details, unread. */
export type DetailParts = {
  readonly entry: (type: string) => unknown;
  readonly contexts: unknown;
  readonly occurrence: unknown;
  readonly type: string | null;
};

/** Reads what only events of some kinds carry. */
export function readDetails({ entry, contexts, occurrence, type }: DetailParts): EventDetails {
  const { feedback, monitor, nel } = contextsSchema().parse(contexts);
  const { type: detected, evidenceData } = occurrenceSchema().parse(occurrence);
  return {
    detected,
    report: readReport(entry, nel, type),
    feedback: readFeedback(feedback),
    monitor: monitor?.slug ?? monitor?.name ?? null,
    operation: readOperationEvidence(evidenceData, entry("spans")),
  };
}

const contextsSchema = once(() => {
  const feedback = z.object({
    ...{ message: lenientText(), url: lenientText(), source: lenientText() },
    ...{ replay_id: lenientText(), name: lenientText(), contact_email: lenientText() },
  });
  const monitor = z.object({ slug: lenientText(), name: lenientText() });
  const contexts = z.object({
    feedback: lenient(feedback),
    monitor: lenient(monitor),
    nel: z.unknown().optional(),
  });
  return lenient(contexts).transform((value) => value ?? { feedback: null, monitor: null, nel: undefined });
});

const occurrenceSchema = once(() =>
  lenient(z.object({ type: lenient(z.int()), evidenceData: z.unknown().optional() })).transform(
    (value) => value ?? { type: null, evidenceData: undefined },
  ),
);

function readReport(entry: DetailParts["entry"], nel: unknown, type: string | null): SecurityReport | null {
  const kind = REPORTS.find((name) => entry(name) !== undefined) ?? REPORTS.find((name) => name === type);
  if (kind === undefined) return null;
  const raw = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(entry(kind) ?? (kind === "nel" ? nel : {}));
  const facts = REPORT_FACTS.flatMap((name) => {
    const value = raw[name] ?? raw[name.replaceAll("_", "-")];
    const isPlain = typeof value === "string" || typeof value === "number";
    return isPlain && value !== "" ? [[name, String(value)] as const] : [];
  });
  return { kind, facts: Object.fromEntries(facts) };
}

type RawFeedback = z.output<ReturnType<typeof contextsSchema>>["feedback"];

function readFeedback(raw: RawFeedback): SentFeedback | null {
  if (raw === null) return null;
  const { message, url, source, replay_id, name, contact_email } = raw;
  return {
    message: message ?? "",
    page: url,
    source,
    hasReplay: replay_id !== null,
    person: [name, contact_email].filter((part) => part !== null && part.trim() !== "") as string[],
  };
}
