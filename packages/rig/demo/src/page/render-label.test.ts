import { LABELS } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { chooseInk, drawLabel } from "./render-label.ts";

test("a label has its colour and its description", () => {
  expect(drawLabel({ name: "bug", color: "d73a4a", description: "It is broken" })).toBe(
    '<span class="label" style="background:#d73a4a;color:#000" title="It is broken">bug</span>',
  );
});

test.each(["000000", "5319e7"])("on %s the text is white", (color) => {
  expect(chooseInk(color)).toBe("#fff");
});

test.each(["ffffff", "fbca04"])("on %s the text is black", (color) => {
  expect(chooseInk(color)).toBe("#000");
});

test.each(LABELS)("$name can be read on its colour", ({ color }) => {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(color), chooseInk(color) === "#000" ? 0 : 1].toSorted(
    (a, b) => a - b,
  );
  expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5);
});

test("what is no colour colours nothing", () => {
  expect(drawLabel({ name: "x", color: 'red"onclick="', description: "" })).toContain("background:#ededed");
});
