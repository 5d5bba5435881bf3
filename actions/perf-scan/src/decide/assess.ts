import { ifUnchanged } from "@patchpilot/acceptance";
import { buildPacket, cleanText, type Packet } from "@patchpilot/evidence";
import {
  type PerformanceFacts,
  type Scored,
  type Severity,
  type SlownessFacts,
  scoreSlowness,
  scoreSlownessConfidence,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { PerfScanInputs } from "../contract.ts";
import type { Bottleneck, Clues, JudgedOperation, OperationTiming } from "../facts.ts";
import { formatDuration, roundDuration } from "../words/numbers.ts";
import { nameOperation } from "./choose.ts";
import { chooseThreshold } from "./threshold.ts";
import type { ScanWindows } from "./windows.ts";

/** Everything that is written about a slow operation; all texts are clean. */
export type SlownessAssessment = {
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
export type ScanContext = {
  readonly clues: Clues;
  readonly windows: ScanWindows;
  readonly inputs: PerfScanInputs;
  readonly secrets: readonly string[];
  readonly queryOf: (operation: JudgedOperation["operation"]) => string;
};

/** Most bytes of the packet: the comment that shows it travels in the work order, which may have 32 KiB. */
const PACKET_BYTES = 8 * 1024;
/** Longer searches are not written: neither a record nor an address holds them. */
const MOST_QUERY = 900;
/** What a record holds of each name; people and agents find more of it in the evidence. */
const MOST_NAME = 200;

type Clean = (text: string | null | undefined, most: number) => string;

const makeCleaner =
  (secrets: readonly string[]): Clean =>
  (text, maxLength) =>
    cleanText(text ?? "", { maxLength, secrets, singleLine: true }).text;

/** Assesses one slow operation: how bad, how sure, its numbers, and the evidence. Pure. */
export function assessBottleneck(finding: Bottleneck, around: ScanContext): SlownessAssessment {
  const { clues, inputs, secrets } = around;
  const clean = makeCleaner(secrets);
  const name = describeOperation(finding, secrets);
  const slowness = gatherSlowness(finding, clues, inputs);
  const facts = composeFacts(finding, around, clean);
  const isFindable = facts.query !== undefined || nameOperation(facts.operation, inputs) === finding.key;
  return {
    title: `${name} ${finding.verdict === "regressed" ? "became slower" : "is slow"}`,
    severity: scoreSlowness(slowness),
    confidence: scoreSlownessConfidence(slowness),
    facts,
    exploreUrl: facts.query === undefined ? null : composeExploreUrl(facts.query, around),
    clues: {
      ...clues,
      gaps: isFindable ? clues.gaps : [...clues.gaps, NOT_FINDABLE],
      // A path that has to be changed to be clean leads nowhere.
      suspects: clues.suspects.filter(({ file }) => clean(file, 400) === file),
      commits: clues.commits.map((commit) => ({ ...commit, headline: clean(commit.headline, 100) })),
    },
    packet: packNumbers(finding, facts, around),
    signature: clean(`${finding.operation.op} ${name}`, 300),
  };
}

/** What an operation is called: a transaction's own name, or what was done within it. Clean text. */
export function describeOperation(
  { operation }: Pick<JudgedOperation, "operation">,
  secrets: readonly string[],
): string {
  const clean = makeCleaner(secrets);
  const transaction = clean(operation.transaction, 100) || "an operation without a name";
  const description = clean(operation.description, 80);
  return description === "" || operation.description === operation.transaction
    ? transaction
    : `${description} in ${transaction}`;
}

const NOT_FINDABLE =
  "Its names had to be cleaned, so Sentry cannot be asked about it again. `verify-recovery` cannot see when it is fast: close the issue when it is.";

function gatherSlowness(finding: Bottleneck, clues: Clues, inputs: PerfScanInputs): SlownessFacts {
  // Where only the hours since it became slow were judged, they tell more than the whole window.
  const change = Math.max(finding.change ?? 0, finding.assessment?.test?.ratio ?? 0);
  const p95 = Math.max(finding.p95, finding.assessment?.summary.now.p95 ?? 0);
  return {
    verdict: finding.verdict,
    source: finding.source,
    op: finding.operation.op,
    change: finding.verdict === "regressed" && change > 0 ? change : null,
    overThreshold: p95 / (chooseThreshold(finding, inputs) ?? Number.POSITIVE_INFINITY),
    perHour: finding.now === null ? null : finding.now.count / inputs["window-hours"],
    sentryAgrees: finding.regression !== null,
    hasBreakpoint: finding.breakpoint !== null,
    hasRelease: clues.near !== null,
    hasSuspect: clues.suspects.length > 0,
  };
}

function composeFacts(
  finding: Bottleneck,
  { clues, windows, inputs, queryOf }: ScanContext,
  clean: Clean,
): PerformanceFacts {
  const { operation, now, before, regression, assessment } = finding;
  // It leaves open what it cannot say exactly; verify-recovery knows the operation among what it finds by its key.
  const query = queryOf(operation);
  const isClean = query.length <= MOST_QUERY && clean(query, MOST_QUERY + 1) === query;
  const span = ({ from, to }: ScanWindows["current"]) => ({ from: from.toISOString(), to: to.toISOString() });
  const keep = (raw: string | null | undefined) => ifUnchanged(raw, clean(raw, 200));
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
    window: span(windows.current),
    baseline: span(windows.before),
    threshold: chooseThreshold(finding, inputs) ?? finding.baselineP95 ?? inputs["p95-threshold-ms"],
    now: roundTiming(now ?? { p95: finding.p95 }),
    ...omitUndefined({
      query: isClean ? query : undefined,
      aboveMs: finding.aboveMs === null ? undefined : roundDuration(finding.aboveMs),
      before: earlier === null ? undefined : roundTiming(earlier),
      breakpoint: finding.breakpoint === null ? undefined : new Date(finding.breakpoint).toISOString(),
      release: keep(clues.near?.release.version),
      previousRelease: keep(clues.near?.previous?.version),
      sentryIssue: keep(regression?.shortId),
      numbers: assessment?.summary,
    }),
  };
}

function roundTiming({
  p50,
  p75,
  p95,
  p99,
  samples,
}: Pick<OperationTiming, "p95"> & Partial<OperationTiming>) {
  const round = (value: number | undefined) => (value === undefined ? undefined : roundDuration(value));
  return {
    p95: roundDuration(p95),
    ...omitUndefined({ p50: round(p50), p75: round(p75), p99: round(p99), samples }),
  };
}

/** Sentry's trace explorer with the search, the environment and the window filled in. */
function composeExploreUrl(query: string, { inputs, windows }: ScanContext): string {
  const address = new URL(
    `${inputs["sentry-url"]}/organizations/${encodeURIComponent(inputs["sentry-org"] ?? "")}/explore/traces/`,
  );
  address.searchParams.set("query", query);
  address.searchParams.set("environment", inputs.environment);
  address.searchParams.set("start", windows.current.from.toISOString().slice(0, 19));
  address.searchParams.set("end", windows.current.to.toISOString().slice(0, 19));
  address.searchParams.set("utc", "true");
  address.searchParams.set("visualize", JSON.stringify({ yAxes: ["p95(span.duration)"] }));
  return address.href.replaceAll("*", "%2A");
}

function packNumbers(
  finding: JudgedOperation,
  facts: PerformanceFacts,
  { clues, inputs, secrets }: ScanContext,
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
      environment: inputs.environment,
      release: clues.near?.release.version ?? null,
      server: {
        verdict: finding.verdict,
        why: finding.reason,
        project: operation.project,
        "p95 now": formatDuration(now.p95),
        "p95 before": before === undefined ? null : formatDuration(before.p95),
        "p50 now": now.p50 === undefined ? null : formatDuration(now.p50),
        "p50 before": before?.p50 === undefined ? null : formatDuration(before.p50),
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
