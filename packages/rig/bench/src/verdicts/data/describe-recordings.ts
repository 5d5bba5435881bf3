import { markdownTable } from "markdown-table";
import type { Random } from "../draws.ts";
import { outcomeTable, type PlacedOutcome } from "../tables.ts";
import { pretendDeploys } from "./fake-deploys.ts";
import { type ChangeFound, findSeriesChange } from "./find-changes.ts";
import type { Recording } from "./recording.ts";

export type RecordingReport = {
  readonly name: string;
  /** Figures of the error rule; a sentence where the series does not serve. */
  readonly errors: readonly PlacedOutcome[] | string;
  readonly change: ChangeFound;
};

/** Runs the rules over one series. */
export function judgeRecording(recording: Recording, random: Random): RecordingReport {
  return {
    name: recording.name,
    errors: pretendDeploys(recording, random),
    change: findSeriesChange(recording),
  };
}

/** As Markdown: a table a series, then the changes of all. */
export function describeRecordings(reports: readonly RecordingReport[]): string {
  const series = reports.map(({ name, errors }) => `### ${name}\n\n${describeErrors(errors)}`);
  const changes = reports.map(({ change: { name, row, ratio, matches } }) => [
    name,
    row === null ? "none" : `row ${row}`,
    ratio === null ? "" : `x ${ratio.toFixed(2)}`,
    matches === null ? "not labelled" : matches ? "as labelled" : "NOT as labelled",
  ]);
  return `${series.join("\n\n")}\n\n### Where it rose for good\n\n${markdownTable([["series", "found", "medians", ""], ...changes])}`;
}

function describeErrors(errors: readonly PlacedOutcome[] | string): string {
  if (typeof errors === "string") return `Not judged as errors: ${errors}`;
  const deploys = errors[0]?.trials ?? 0;
  return `${deploys} pretended deploys, one every three hours: recovered / failing within 48 h, and the median time to recovered.\n\n${outcomeTable(errors)}`;
}
