import { describe, expect, test } from "vitest";
import { seededRandom } from "../draws.ts";
import { describeRecordings, judgeRecording, type RecordingReport } from "./describe-recordings.ts";
import type { Recording } from "./recording.ts";

const HALF_HOUR_MS = 1_800_000;
const judge = (recording: Recording) => judgeRecording(recording, seededRandom(1));

const deploysIn = ({ errors }: RecordingReport) => (typeof errors === "string" ? 0 : errors[0]?.trials);

/** Days of half hours, each with the same count. */
const steady = (days: number, count: number, change: Partial<Recording> = {}): Recording => ({
  name: "rides.csv",
  start: 0,
  intervalMs: HALF_HOUR_MS,
  values: new Array<number>(days * 48).fill(count),
  exposure: null,
  changes: null,
  ...change,
});

describe("pretended deploys in a recorded series", () => {
  test("are one every three hours that have two days before them and three after", () => {
    expect([5, 6].map((days) => deploysIn(judge(steady(days, 1))))).toEqual([1, 9]);
  });

  test("thin the series to rates of errors, and tell fixed from not fixed", () => {
    const { errors } = judge(steady(9, 1_000));
    const at = (residue: number) =>
      typeof errors === "string"
        ? undefined
        : errors.find((each) => each.perHour === 5 && each.residue === residue);
    expect(at(0)).toMatchObject({ recovered: 33, failing: 0 });
    expect(at(1)).toMatchObject({ recovered: 0, failing: 33 });
  });

  test("keep away from known changes", () => {
    expect(deploysIn(judge(steady(12, 1, { changes: [0] })))).toBe(17);
    expect(judge(steady(9, 1, { changes: [4 * 48] })).errors).toMatch(
      /^it has no five days without a known change/,
    );
  });

  test.each([
    [steady(4, 1), "it has no five days without a known change, two before a deploy and three after it."],
    [steady(9, 0.5), "its values are no counts, so only changes are looked for."],
    [steady(9, 0), "it counts nothing."],
  ])("say why a series does not serve", (recording, sentence) => {
    expect(judge(recording).errors).toBe(sentence);
  });
});

describe("changes of a recorded series", () => {
  const rising = Array.from({ length: 200 }, (_, i) => (i < 120 ? 300 : 360) + (i % 7));
  test.each([
    [[118], "as labelled"],
    [[40], "NOT as labelled"],
    [[], "NOT as labelled"],
    [null, "not labelled"],
  ])("found at row 120 with the labels %j are told: %s", (changes, told) => {
    const report = judge(steady(0, 0, { values: rising, changes }));
    expect(report.change.row).toBe(120);
    expect(describeRecordings([report])).toContain(`| row 120 | x 1.20  | ${told}`);
  });
});
