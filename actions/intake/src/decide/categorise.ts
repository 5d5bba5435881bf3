import type { EventDetails, SentryEvent, SentryIssue } from "../facts.ts";

/** What an issue is about. `other`: Sentry names a category that is not known here. */
export type Category =
  | "error"
  | "hang"
  | "feedback"
  | "uptime"
  | "cron"
  | "security"
  | "vulnerability"
  | "performance"
  | "replay"
  | "metric"
  | "other";

/** What browsers report, by the types of its events. */
const REPORTS: readonly NonNullable<EventDetails["report"]>["kind"][] = [
  "csp",
  "hpkp",
  "expectct",
  "expectstaple",
  "nel",
];

/** A category, and what Sentry itself calls it: hostile text, empty where it says nothing. */
export type Categorised = { readonly category: Category; readonly name: string };

/** Sentry's issue types, by how they begin; they outlived two sets of category names. */
const BY_TYPE: readonly (readonly [RegExp, Category])[] = [
  [/^(?:error|default|gpu_crash)$/, "error"],
  [/^feedback/, "feedback"],
  [/^uptime_/, "uptime"],
  [/^monitor_/, "cron"],
  [/injection_vulnerability/, "vulnerability"],
  [/^(?:performance_|profile_|web_vitals)/, "performance"],
  [/^replay_/, "replay"],
  [/^metric_/, "metric"],
];

/** Sentry's categories: those up to 2025, and those that took their place. An `outage` is known by its type or its event. */
const BY_CATEGORY: Readonly<Record<string, Category>> = {
  error: "error",
  performance: "performance",
  profile: "performance",
  db_query: "performance",
  http_client: "performance",
  frontend: "performance",
  mobile: "performance",
  cron: "cron",
  uptime: "uptime",
  outage: "uptime",
  feedback: "feedback",
  replay: "replay",
  metric: "metric",
  metric_alert: "metric",
};

/** Sentry's numbers of what its detectors find (issues/grouptype.py), by thousands. */
const BY_NUMBER: readonly (readonly [least: number, most: number, Category])[] = [
  [1020, 1021, "vulnerability"],
  [1000, 2999, "performance"],
  [4000, 4999, "cron"],
  [5000, 5999, "replay"],
  [6000, 6999, "feedback"],
  [7000, 7999, "uptime"],
  [8000, 8999, "metric"],
  [9100, 9199, "error"],
  [10_001, 10_001, "performance"],
];

/**
 * What an issue is about, by all that Sentry says of it: what browsers report comes as an error by its type and category,
 * and is known by the event's type; else the issue's type decides, its category, the detector's number, the event's type.
 * An issue of which an old Sentry says nothing is an error. Pure.
 */
export function categorise(issue: Pick<SentryIssue, "kind"> | null, event: SentryEvent | null): Categorised {
  const { issueType = null, category = null, type = null } = issue?.kind ?? {};
  const eventType = event?.type ?? null;
  const name = [issueType, category, eventType, type].find((one) => one != null && one !== "") ?? "";
  const report = REPORTS.find((kind) => kind === type || kind === eventType);
  if (report !== undefined || event?.details.report != null)
    return { category: "security", name: report ?? event?.details.report?.kind ?? "" };
  const found =
    findByType(issueType) ??
    findByNumber(event?.details.detected ?? null) ??
    findByCategory(category, event) ??
    findByType(type) ??
    findByEvent(eventType, category === null && issueType === null);
  return { category: found === "error" && isHang(event) ? "hang" : found, name };
}

const findByType = (type: string | null): Category | undefined =>
  type === null ? undefined : BY_TYPE.find(([pattern]) => pattern.test(type))?.[1];

const findByNumber = (detected: number | null): Category | undefined =>
  detected === null
    ? undefined
    : BY_NUMBER.find(([least, most]) => detected >= least && detected <= most)?.[2];

function findByCategory(category: string | null, event: SentryEvent | null): Category | undefined {
  if (category === "outage" && event?.details.monitor != null) return "cron";
  return category !== null && Object.hasOwn(BY_CATEGORY, category) ? BY_CATEGORY[category] : undefined;
}

/** @param isSilent Sentry names neither category nor type: an old one, or the event is all there is. */
function findByEvent(type: string | null, isSilent: boolean): Category {
  if (type === "transaction") return "performance";
  if (type === "feedback") return "feedback";
  return isSilent && type !== "generic" ? "error" : "other";
}

/** Mechanisms and types by which the SDKs of Apple's systems, Android, Electron, Unity and Node report a hang. */
const HANG = /^(?:app_?hang|anr|appexitinfo)/i;
const HANG_TYPE = /^(?:Fatal )?App ?Hang|ApplicationNotResponding|^ANR$|EventLoopBlocked/i;

function isHang(event: SentryEvent | null): boolean {
  const thrown = event?.exceptions.at(-1);
  return HANG.test(event?.tags["mechanism"] ?? "") || HANG_TYPE.test(thrown?.type ?? "");
}
