import { HOUR, WEEK } from "@patchpilot/time";
import {
  alignAnchor,
  BUCKET,
  type BucketRow,
  countByBucket,
  LOSSES,
  type Loss,
  type LossHours,
  layOutBuckets,
  type SensorInput,
  summariseSensor,
} from "@patchpilot/verdict";
import type { OtherIssues, SensorHistory } from "../sources.ts";
import { type CountedTraffic, exposureIn, INGESTION_MS } from "../traffic/count.ts";
import type { SensorFact } from "./facts.ts";

export type Sensing = {
  /** Since when production has the fix. */
  readonly anchor: number;
  readonly history: SensorHistory;
  /** Absent: not asked for. */
  readonly issues?: OtherIssues | undefined;
  readonly traffic: CountedTraffic;
  /** The incident's errors to be expected since then. */
  readonly own: number;
  readonly now: number;
};

type Outcomes = NonNullable<SensorHistory["outcomes"]>;
type Group = Outcomes["groups"][number];

/** Reduces what is known of the sensor to the numbers that it is judged by. Pure. */
export function countSensor(sensing: Sensing): SensorFact {
  const { own, anchor, history, issues } = sensing;
  const { outcomes } = history;
  return {
    state: "counted",
    summary: summariseSensor({
      own,
      others: countOthers(sensing),
      ...(issues && { issues }),
      losses: outcomes && countLosses(outcomes, alignAnchor(anchor)),
    }),
    reasons: Object.fromEntries(
      LOSSES.flatMap((loss) => findReason(outcomes, loss, anchor).map((reason) => [loss, reason])),
    ),
  };
}

function countOthers({ anchor, history: { others }, traffic, now }: Sensing): SensorInput["others"] {
  if (others === null) return null;
  const aligned = alignAnchor(anchor);
  const until = Math.min(now - INGESTION_MS, others.from + others.counts.length * BUCKET);
  const rows = layOutBuckets(aligned, aligned - WEEK, until);
  const points = others.counts.map((count, index) => ({ at: others.from + index * BUCKET, count }));
  const measure = (row: BucketRow) => ({
    events: countByBucket(points, row),
    exposure: exposureIn(traffic, row, undefined),
  });
  return { baseline: measure(rows.baseline), since: measure(rows.since) };
}

/** The hour of the deploy belongs to neither side. */
function countLosses({ from, groups }: Outcomes, anchor: number): SensorInput["losses"] {
  const length = Math.max(0, ...groups.map(({ counts }) => counts.length));
  const index = (at: number) => Math.min(length, Math.max(0, Math.ceil((at - from) / HOUR)));
  const cut = (loss: Loss, begin: number, end: number): LossHours => ({
    from: from + begin * HOUR,
    lost: addUp(
      groups.filter((group) => findLoss(group) === loss),
      begin,
      end,
    ),
    sent: addUp(groups, begin, end),
  });
  const split = (loss: Loss) => ({
    before: cut(loss, index(anchor - WEEK), Math.max(0, index(anchor + 1) - 1)),
    since: cut(loss, index(anchor), length),
  });
  return { limited: split("limited"), discarded: split("discarded") };
}

function addUp(groups: readonly Group[], begin: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - begin) }, (_, hour) =>
    groups.reduce((total, { counts }) => total + (counts[begin + hour] ?? 0), 0),
  );
}

const LIMITS = ["rate_limited", "abuse", "cardinality_limited", "invalid"];
/** What SDKs lost against their will. */
const LOST_BY_CLIENTS = [
  "ratelimit_backoff",
  "queue_overflow",
  "buffer_overflow",
  "network_error",
  "send_error",
];

/** How events of an outcome are lost; undefined: they are not. */
function findLoss({ outcome, reason }: Group): Loss | undefined {
  if (LIMITS.includes(outcome)) return "limited";
  if (outcome === "filtered") return "discarded";
  if (outcome !== "client_discard") return undefined;
  return LOST_BY_CLIENTS.includes(reason ?? "") ? "limited" : "discarded";
}

/** Why most were lost since the deploy. A spent quota makes SDKs hold back too: what Sentry itself says comes first. */
function findReason(outcomes: Outcomes | null, loss: Loss, anchor: number): string[] {
  if (outcomes === null) return [];
  const since = Math.max(0, Math.ceil((anchor - outcomes.from) / HOUR));
  return outcomes.groups
    .filter((group) => findLoss(group) === loss)
    .map(({ outcome, reason, counts }) => ({
      outcome,
      reason: `${outcome}:${reason ?? ""}`,
      lost: counts.slice(since).reduce((total, count) => total + count, 0),
    }))
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => Number(b.outcome === SERVERS) - Number(a.outcome === SERVERS) || b.lost - a.lost)
    .slice(0, 1)
    .map(({ reason }) => reason);
}

const SERVERS = "rate_limited";
