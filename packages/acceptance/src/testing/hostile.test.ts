import { expect, it } from "vitest";
import { expectInert, expectInertMarkdown, PAYLOADS } from "./hostile.ts";

const isInert = (text: string): boolean => {
  try {
    expectInert(text);
    expectInertMarkdown(text, /^$/);
    return true;
  } catch {
    return false;
  }
};

it.each(["mentions", "images", "comments", "markup that hides", "the job's secret", "tokens and persons"])(
  "%s are not taken for inert as they come",
  (payload) => {
    expect(isInert(PAYLOADS[payload] ?? "")).toBe(false);
  },
);

it("plain words are inert", () => {
  expect(isInert("The cart shows three decimals.")).toBe(true);
});
