import type { SentryConnection } from "./connection.ts";
import { BUCKET_WIDTH, type BucketCounts, spreadOver } from "./counting.ts";
import { askSeries } from "./explore.ts";
import { alignWindow, chooseWidth, type ExposureWindow, toCounts } from "./exposure.ts";
import { toSentryTime } from "./instants.ts";
import { quoteValue } from "./operation.ts";

/** Requests of one transaction in five-minute buckets, extrapolated from what was sampled. */
export type TransactionExposure = BucketCounts & {
  /** Stored ones. */
  readonly samples: number;
};

/** Who asks without being a visitor: checks of orchestrators and load balancers, and monitors of uptime. */
const MONITORS = [
  ...["kube-probe", "HealthCheck", "GoogleHC", "SentryUptimeBot", "UptimeRobot", "Pingdom"],
  ...["StatusCake", "Better Uptime", "Site24x7", "Datadog/Synthetics", "GoogleStackdriverMonitoring"],
];

/** Transactions that share a request. */
const MOST_TOGETHER = 10;

type Question = ExposureWindow & { readonly transactions: readonly string[] };

/**
 * Requests of transactions by name, without those of monitors; ten transactions a request.
 * @returns by name; a transaction without any request is missing, and so are all where Sentry looked at a part only.
 */
export async function spansByTransaction(
  connection: SentryConnection,
  question: Question,
): Promise<ReadonlyMap<string, TransactionExposure>> {
  const { transactions } = question;
  const groups = Array.from({ length: Math.ceil(transactions.length / MOST_TOGETHER) }, (_, group) =>
    transactions.slice(group * MOST_TOGETHER, (group + 1) * MOST_TOGETHER),
  );
  const answers = groups.map((group) => askTogether(connection, { ...question, transactions: group }));
  return new Map((await Promise.all(answers)).flat());
}

async function askTogether(
  connection: SentryConnection,
  { transactions, ...window }: Question,
): Promise<readonly (readonly [string, TransactionExposure])[]> {
  const { from, to } = alignWindow(window);
  const width = chooseWidth(from, to);
  const named = transactions.map((name) => `transaction:${quoteValue(name)}`).join(" OR ");
  const people = MONITORS.map((name) => `!user_agent.original:"*${name}*"`).join(" ");
  const series = await askSeries(connection, {
    dataset: "spans",
    yAxis: "count()",
    interval: width / 1_000,
    groupBy: "transaction",
    topEvents: MOST_TOGETHER,
    sort: "-count()",
    excludeOther: 1,
    query: `is_transaction:true (${named}) ${people}`,
    start: toSentryTime(from),
    end: toSentryTime(to),
    environment: window.environment,
    project: window.projects ?? connection.projects,
  });
  if (series.some(({ dataScanned }) => dataScanned === "partial")) return [];
  return series.flatMap((one) => {
    const name = one.groupBy[0]?.value;
    if (!name) return [];
    const samples = one.values.reduce((sum, { sampleCount }) => sum + (sampleCount ?? 0), 0);
    return [[name, { ...spreadOver(toCounts(one, width), from, to, BUCKET_WIDTH), samples }] as const];
  });
}
