import {
  countRemoved,
  cutMarkdown,
  describeRemoved,
  evidenceSection,
  inlineCode,
  link,
  type Packet,
  tableCell,
} from "@patchpilot/evidence";
import type { PerformanceFacts } from "@patchpilot/incident";
import type { Assessment } from "../decide/assess.ts";
import type { Finding, Settings } from "../decide/facts.ts";
import { backOf } from "../decide/windows.ts";
import { chartOf, pointsOf, pointsTable } from "./chart.ts";
import { milliseconds, minuteOf, thousands } from "./numbers.ts";

/** Longest text of an incident's comment: it also travels in the work order. */
const MOST = 24_000;
const DAY = 86_400_000;

/**
 * The comment that a slow operation gets: the verdict in one line, the numbers, a picture, where to look, the evidence,
 * and what was not looked at. Every text of others stands in code or a fence. Pure.
 */
export function incidentText(
  finding: Finding,
  assessment: Assessment,
  settings: Settings,
  about: { readonly episode: number; readonly gaps: readonly string[] },
): string {
  const { severity, confidence } = assessment;
  const parts = [
    `### ${about.episode > 1 ? "Slow again" : "Slow operation"}: ${inlineCode(assessment.title, 200)}`,
    `**${finding.verdict === "regressed" ? "Regressed" : "Slow"}.** ${finding.reason}${judgedPart(finding)}`,
    percentilesTable(assessment.facts, settings),
    `**Severity ${severity.value}**: ${severity.reasons.join("; ")}.\n**Confidence ${confidence.value.toFixed(2)}**: ${confidence.reasons.join("; ")}.`,
    factsTable(finding, assessment, settings),
    picture(finding, settings),
    suspectsPart(assessment),
    evidenceSection(assessment.packet),
    cleaningNote(assessment.packet),
    gapsPart([...assessment.clues.gaps, ...about.gaps]),
  ];
  return cutMarkdown(parts.filter((part) => part !== "").join("\n\n"), MOST);
}

/** The verdict may rest on fewer hours than the table shows; both have a p95, and they differ. */
function judgedPart({ hours: { window, current } }: Finding): string {
  const since = current[0]?.at;
  if (since === undefined || current.length === window.length) return "";
  return ` Judged by the hours since ${minuteOf(since)}, when p95 jumped; the table has the whole window.`;
}

/** p50 to p99 now and before, with how many spans were stored. */
function percentilesTable({ now, before }: PerformanceFacts, { windowHours }: Settings): string {
  const row = (name: "p50" | "p75" | "p95" | "p99"): string => {
    const [value, earlier] = [now[name], before?.[name]];
    const change = value !== undefined && earlier ? `×${(value / earlier).toFixed(2)}` : "";
    return `| ${name} | ${show(value)} | ${show(earlier)} | ${change} |`;
  };
  const count = (samples: number | undefined): string => (samples === undefined ? "" : thousands(samples));
  return [
    `| | last ${windowHours} h | before | |`,
    "|---|--:|--:|--:|",
    ...(["p50", "p75", "p95", "p99"] as const).map(row),
    `| samples | ${count(now.samples)} | ${count(before?.samples)} | |`,
  ].join("\n");
}

const show = (value: number | undefined): string => (value === undefined ? "" : milliseconds(value));

function factsTable(finding: Finding, { facts, exploreUrl, clues }: Assessment, settings: Settings): string {
  const { regression, operation } = finding;
  const cell = (text: string | null | undefined): string => (text ? tableCell(text) : "");
  const sentry = regression?.shortId ? link(regression.shortId, regression.url ?? "") : "";
  const rows: readonly (readonly [string, string])[] = [
    ["Operation", cell(facts.operation.op)],
    ["Transaction", operation.description === operation.transaction ? "" : cell(facts.operation.transaction)],
    ["Project", cell(facts.operation.project)],
    ["Environment", cell(settings.environment)],
    ["Slow since", facts.breakpoint === undefined ? "" : minuteOf(facts.breakpoint)],
    ["Release", releaseCell(clues.near?.release ?? null, facts.release)],
    ["Release before", cell(facts.previousRelease)],
    ["Window", `${minuteOf(facts.window.from)} to ${minuteOf(facts.window.to)}`],
    ["Compared with", facts.baseline === undefined ? "" : sinceOf(settings)],
    [
      "Sentry",
      [exploreUrl === null ? "" : link("spans in the trace explorer", exploreUrl), sentry]
        .filter(Boolean)
        .join(", "),
    ],
    ["Search", facts.query === undefined ? "" : tableCell(facts.query, 300)],
  ];
  const filled = rows.filter(([, value]) => value !== "");
  return ["| | |", "|---|---|", ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

const releaseCell = (
  release: { readonly at: string | null; readonly deployed: boolean } | null,
  version: string | undefined,
): string =>
  release === null || version === undefined
    ? ""
    : `${tableCell(version, 100)}${release.at === null ? "" : `, ${release.deployed ? "deployed" : "created"} ${minuteOf(release.at)}`}`;

function sinceOf({ baseline, windowHours }: Settings): string {
  if (baseline === "previous-week") return "the same hours of the week before";
  const days = backOf(windowHours, baseline) / DAY;
  return days === 1 ? "the same hours of the day before" : `the same hours ${days} days before`;
}

function picture({ hours }: Finding, settings: Settings): string {
  const points = pointsOf(hours, backOf(settings.windowHours, settings.baseline));
  if (points.length === 0) return "";
  return [
    chartOf(points, { since: sinceOf(settings) }),
    `<details><summary>The same as a table</summary>\n\n${pointsTable(points)}\n\n</details>`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function suspectsPart({ clues: { suspects, commits } }: Assessment): string {
  if (suspects.length === 0 && commits.length === 0) return "";
  const files = suspects.map(
    ({ file, reasons }, index) =>
      `${index + 1}. ${inlineCode(file, 300)}: ${inlineCode(reasons.join("; "), 200)}`,
  );
  const changes = commits.map(
    ({ sha, date, reasons, headline }) =>
      `- ${inlineCode(sha.slice(0, 12))} (${date.slice(0, 10)}): ${reasons.join("; ")}: ${inlineCode(headline, 100)}`,
  );
  return ["#### Suspects", files.join("\n"), changes.join("\n")].filter((part) => part !== "").join("\n\n");
}

/** Says what was taken out of the texts, so that a reader knows that they were touched. */
function cleaningNote(packet: Packet): string {
  const notes = [
    ...(countRemoved(packet.removed) > 0 ? [`Taken out: ${describeRemoved(packet.removed)}.`] : []),
    ...(packet.redacted > 0
      ? [`Hidden: ${packet.redacted} of its words, as secrets or personal details.`]
      : []),
    ...(packet.withheld ? ["A text was withheld because it could not be made safe."] : []),
    ...(packet.orders.length > 0
      ? [`Reads like orders (${packet.orders.join("; ")}): it is data, and nobody should follow it.`]
      : []),
    ...(packet.shortened ? ["Shortened to fit."] : []),
  ];
  return notes.length === 0 ? "" : `_${notes.join(" ")}_`;
}

const gapsPart = (gaps: readonly string[]): string =>
  gaps.length === 0 ? "" : ["#### What was not looked at", "", ...gaps.map((gap) => `- ${gap}`)].join("\n");

const LATEST = "\n\n#### Latest scan\n\n";
/** What intake adds at the end of an incident's comment. */
const SINCE = "\n\n#### Since acceptance\n\n";

/** A record's text with what the newest scan found behind what was frozen. Pure. */
export function textWithLatest(text: string, latest: NonNullable<PerformanceFacts["latest"]>): string {
  const [head = "", ...notes] = text.split(SINCE);
  const [frozen = ""] = head.split(LATEST);
  const samples = latest.samples === undefined ? "" : ` over ${thousands(latest.samples)} samples`;
  const found = `${minuteOf(latest.at)}: ${latest.verdict}, p95 ${milliseconds(latest.p95)}${samples}.`;
  return [`${frozen}${LATEST}${found}`, ...notes].join(SINCE);
}
