import { describe, expect, test } from "vitest";
import { drawLines } from "./draw-chart.ts";

const chart = (change: (source: string) => string = (source) => source): string =>
  change(
    [
      "xychart-beta",
      '    title "p95 by hour, and a week before (second line)"',
      '    x-axis "UTC" ["02 20h", "02 21h", "02 22h"]',
      '    y-axis "ms" 0 --> 400',
      "    line [100, 400, 200]",
      "    line [100, 110, 90]",
    ].join("\n"),
  );

describe("a chart", () => {
  test("has a line for each of the source", () => {
    expect(drawLines(chart())?.match(/class="line line-\d"/g)).toEqual([
      'class="line line-1"',
      'class="line line-2"',
    ]);
  });

  test("begins at the bottom and ends at the top for the highest value", () => {
    const [, points = ""] = /line-1" d="M([^"]*)"/.exec(drawLines(chart()) ?? "") ?? [];
    const heights = points.split("L").map((point) => Number(point.split(" ")[1]));
    expect(heights).toEqual([127.5, 24, 93]);
  });

  test.each([
    [400, ["0", "100", "200", "300", "400"]],
    [750, ["0", "200", "400", "600"]],
    [3, ["0", "1", "2", "3"]],
  ])("up to %i has round numbers at its side", (highest, marks) => {
    const drawn = drawLines(chart((source) => source.replace("--> 400", `--> ${highest}`))) ?? "";
    expect([...drawn.matchAll(/text-anchor="end">(\d+)</g)].map(([, mark]) => mark)).toEqual(marks);
  });

  test("is named for those who do not see it", () => {
    expect(drawLines(chart())).toContain(
      'aria-label="Chart: p95 by hour, and a week before (second line), in ms; first line ends at 200, second line ends at 90"',
    );
  });

  test("shows no tag of its source", () => {
    expect(drawLines(chart((source) => source.replace("p95", "<script>")))).not.toContain("<script>");
  });
});

test.each([
  ["of another kind", (source: string) => source.replace("xychart-beta", "pie")],
  ["without lines", (source: string) => source.replace(/ +line.*/g, "")],
  ["without an axis", (source: string) => source.replace(/ +y-axis.*/, "")],
  ["with what is no number", (source: string) => source.replace("400, 200", "4.0.0, 200")],
])("a source %s is not drawn", (_, change) => {
  expect(drawLines(chart(change))).toBeUndefined();
});
