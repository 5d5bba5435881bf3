import { buildPacket, cleanText, type Packet } from "@patchpilot/evidence";
import {
  operationKey,
  type PerformanceFacts,
  type Scored,
  type Severity,
  type SlownessFacts,
  scoreSlowness,
  scoreSlownessConfidence,
} from "@patchpilot/incident";
import type { Timing } from "../ports.ts";
import type { Clues } from "../read/clues.ts";
import { milliseconds, round } from "../words/numbers.ts";
import type { Bottleneck, Finding, Settings } from "./facts.ts";
import type { Windows } from "./windows.ts";

/** Everything that is written about a slow operation; all texts are clean. */
export type Assessment = {
  readonly title: string;
  readonly severity: Scored<Severity>;
  readonly confidence: Scored<number>;
  readonly facts: PerformanceFacts;
  /** Where Sentry shows the spans; null where a search for them cannot be written. */
  readonly exploreUrl: string | null;
  readonly clues: Clues;
  readonly packet: Packet;
  readonly signature: string;
};

/** What an assessment is made of besides the finding. */
export type Surroundings = {
  readonly clues: Clues;
  readonly windows: Windows;
  readonly settings: Settings;
  readonly secrets: readonly string[];
  readonly queryOf: (operation: Finding["operation"]) => string;
};

/** Most bytes of the packet: the comment that shows it travels in the work order, which may have 32 KiB. */
const PACKET_BYTES = 8 * 1024;
/** Longer searches are not written: neither a record nor an address holds them. */
const MOST_QUERY = 900;
/** What a record holds of each name; people and agents find more of it in the evidence. */
const MOST_NAME = 200;

type Clean = (text: string | null | undefined, most: number) => string;

const cleanerOf =
  (secrets: readonly string[]): Clean =>
  (text, maxLength) =>
    cleanText(text ?? "", { maxLength, secrets, singleLine: true }).text;

/** Assesses one slow operation: how bad, how sure, its numbers, and the evidence. Pure. */
export function assess(finding: Bottleneck, around: Surroundings): Assessment {
  const { clues, settings, secrets } = around;
  const clean = cleanerOf(secrets);
  const name = nameOf(finding, secrets);
  const slowness = slownessOf(finding, clues, settings);
  const facts = factsOf(finding, around, clean);
  return {
    title: `${name} ${finding.verdict === "regressed" ? "became slower" : "is slow"}`,
    severity: scoreSlowness(slowness),
    confidence: scoreSlownessConfidence(slowness),
    facts,
    exploreUrl: facts.query === undefined ? null : exploreUrlOf(facts.query, around),
    clues: {
      ...clues,
      gaps: isFindable(finding, facts, settings) ? clues.gaps : [...clues.gaps, NOT_FINDABLE],
      // A path that has to be changed to be clean leads nowhere.
      suspects: clues.suspects.filter(({ file }) => clean(file, 400) === file),
      commits: clues.commits.map((commit) => ({ ...commit, headline: clean(commit.headline, 100) })),
    },
    packet: packetOf(finding, facts, around),
    signature: clean(`${finding.operation.op} ${name}`, 300),
  };
}

/** What an operation is called: a transaction's own name, or what was done within it. Clean text. */
export function nameOf({ operation }: Pick<Finding, "operation">, secrets: readonly string[]): string {
  const clean = cleanerOf(secrets);
  const transaction = clean(operation.transaction, 100) || "an operation without a name";
  const description = clean(operation.description, 80);
  return description === "" || operation.description === operation.transaction
    ? transaction
    : `${description} in ${transaction}`;
}

const NOT_FINDABLE =
  "Its names had to be cleaned, so that Sentry cannot be asked about it again: a person has to tell when it is fast, for `verify-recovery` cannot.";

/** Whether what is written down finds the operation again. */
function isFindable({ key }: Finding, { query, operation }: PerformanceFacts, settings: Settings): boolean {
  return query !== undefined || operationKey(settings.organization, settings.environment, operation) === key;
}

function slownessOf(finding: Bottleneck, clues: Clues, settings: Settings): SlownessFacts {
  // Where only the hours since it became slow were judged, they tell more than the whole window.
  const change = Math.max(finding.change ?? 0, finding.assessment?.test?.ratio ?? 0);
  const p95 = Math.max(finding.p95, finding.assessment?.summary.now.p95 ?? 0);
  return {
    verdict: finding.verdict,
    source: finding.source,
    op: finding.operation.op,
    change: finding.verdict === "regressed" && change > 0 ? change : null,
    overThreshold: p95 / settings.threshold,
    perHour: finding.now === null ? null : finding.now.count / settings.windowHours,
    sentryAgrees: finding.regression !== null,
    hasBreakpoint: finding.breakpoint !== null,
    hasRelease: clues.near !== null,
    hasSuspect: clues.suspects.length > 0,
  };
}

function factsOf(
  finding: Bottleneck,
  { clues, windows, settings, queryOf }: Surroundings,
  clean: Clean,
): PerformanceFacts {
  const { operation, now, before, regression, assessment } = finding;
  // It leaves open what it cannot say exactly; verify-recovery knows the operation among what it finds by its key.
  const query = queryOf(operation);
  const isClean = query.length <= MOST_QUERY && clean(query, MOST_QUERY + 1) === query;
  const span = ({ from, to }: Windows["current"]) => ({ from: from.toISOString(), to: to.toISOString() });
  const earlier = before ?? (finding.baselineP95 === null ? null : { p95: finding.baselineP95 });
  return {
    verdict: finding.verdict,
    source: finding.source,
    operation: {
      project: clean(operation.project, 80),
      op: clean(operation.op, 60),
      transaction: clean(operation.transaction, MOST_NAME),
      description: clean(operation.description, MOST_NAME),
    },
    ...(isClean ? { query } : {}),
    window: span(windows.current),
    baseline: span(windows.before),
    threshold: settings.threshold,
    ...(finding.aboveMs === null ? {} : { aboveMs: round(finding.aboveMs) }),
    now: durationsOf(now ?? { p95: finding.p95 }),
    ...(earlier === null ? {} : { before: durationsOf(earlier) }),
    ...(finding.breakpoint === null ? {} : { breakpoint: new Date(finding.breakpoint).toISOString() }),
    ...named("release", clues.near?.release.version, clean),
    ...named("previousRelease", clues.near?.previous?.version, clean),
    ...named("sentryIssue", regression?.shortId, clean),
    ...(assessment === null ? {} : { numbers: assessment.summary }),
  };
}

/** Text that must stay exact to be of use: left out where cleaning changed it. */
function named<K extends string>(
  name: K,
  raw: string | null | undefined,
  clean: Clean,
): { [P in K]?: string } {
  const text = clean(raw, 200);
  return text === "" || text !== raw ? {} : ({ [name]: text } as { [P in K]: string });
}

type Durations = PerformanceFacts["now"];

function durationsOf(timing: Pick<Timing, "p95"> & Partial<Timing>): Durations {
  const { p50, p75, p95, p99, samples } = timing;
  return {
    ...(p50 === undefined ? {} : { p50: round(p50) }),
    ...(p75 === undefined ? {} : { p75: round(p75) }),
    p95: round(p95),
    ...(p99 === undefined ? {} : { p99: round(p99) }),
    ...(samples === undefined ? {} : { samples }),
  };
}

/** Sentry's trace explorer with the search, the environment and the window filled in. */
function exploreUrlOf(query: string, { settings, windows }: Surroundings): string {
  const address = new URL(
    `${settings.sentryUrl}/organizations/${encodeURIComponent(settings.organization)}/explore/traces/`,
  );
  address.searchParams.set("query", query);
  address.searchParams.set("environment", settings.environment);
  address.searchParams.set("start", windows.current.from.toISOString().slice(0, 19));
  address.searchParams.set("end", windows.current.to.toISOString().slice(0, 19));
  address.searchParams.set("utc", "true");
  address.searchParams.set("visualize", JSON.stringify({ yAxes: ["p95(span.duration)"] }));
  return address.href.replaceAll("*", "%2A");
}

function packetOf(
  finding: Finding,
  facts: PerformanceFacts,
  { clues, settings, secrets }: Surroundings,
): Packet {
  const { operation } = finding;
  const { now, before } = facts;
  return buildPacket(
    {
      chain: [],
      statements: [
        { name: "operation", value: operation.op },
        ...(operation.description === "" || operation.description === operation.transaction
          ? []
          : [{ name: "description", value: operation.description }]),
        ...(facts.query === undefined ? [] : [{ name: "search in Sentry", value: facts.query }]),
      ],
      transaction: operation.transaction,
      environment: settings.environment,
      release: clues.near?.release.version ?? null,
      server: {
        verdict: finding.verdict,
        why: finding.reason,
        project: operation.project,
        "p95 now": milliseconds(now.p95),
        "p95 before": before === undefined ? null : milliseconds(before.p95),
        "p50 now": now.p50 === undefined ? null : milliseconds(now.p50),
        "p50 before": before?.p50 === undefined ? null : milliseconds(before.p50),
        samples: now.samples,
        "samples before": before?.samples,
        "slow since": facts.breakpoint,
        window: `${facts.window.from} to ${facts.window.to}`,
      },
      suspects: clues.suspects,
      commits: clues.commits,
      goodRelease: clues.near?.previous?.version ?? null,
    },
    { maxBytes: PACKET_BYTES, secrets },
  );
}
