import { describe, expect, it } from "vitest";
import { regionWithin } from "./region.ts";

describe("the region", () => {
  it.each([
    ["https://de.sentry.io", "https://de.sentry.io"],
    ["https://sentry.io", "https://sentry.io"],
    ["http://de.sentry.io", "https://sentry.io"],
    ["https://notsentry.io", "https://sentry.io"],
    ["https://evil.example/.sentry.io", "https://sentry.io"],
    ["", "https://sentry.io"],
  ])("named as %j is %s", (named, used) => {
    expect(regionWithin("https://sentry.io", named)).toBe(used);
  });
});
