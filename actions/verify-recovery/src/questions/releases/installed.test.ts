import { HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { isInstalled } from "./installed.ts";

const ANCHOR = 100 * HOUR;
/** So much of an even traffic had the fix in the day before its deploy. */
const before = (fixed: number) => ({
  from: ANCHOR - 24 * HOUR,
  releases: [
    { release: "shop@1.0.0", counts: new Array((24 * HOUR) / BUCKET).fill(20 * (1 - fixed)) },
    { release: "shop@1.1.0", counts: new Array((24 * HOUR) / BUCKET).fill(20 * fixed) },
  ],
  other: [],
  sampleRates: [],
  byRelease: true,
});
const judge = (old: string, platforms: readonly string[], fixed = 0) =>
  isInstalled({
    old: [old],
    exposure: before(fixed),
    placements: new Map([
      [old, { holds: false, by: "order", platforms }],
      ["shop@1.1.0", { holds: true, by: "order" }],
    ]),
    anchor: ANCHOR,
  });

describe("people install an old release", () => {
  test.each(["apple-ios", "android", "react-native", "flutter", "electron", "dotnet-maui", "unity"])(
    "of %s",
    (platform) => expect(judge("shop@1.0.0", [platform])).toBe(true),
  );

  test("if some had the next one before its deploy, as a beta", () => {
    expect(judge("shop@1.0.0", ["javascript"], 0.1)).toBe(true);
    expect(judge("shop@1.0.0", [], 0.1)).toBe(true);
  });
});

describe("servers run an old release", () => {
  test.each(["python-django", "node-express", "go", "ruby-rails", "java-spring-boot", "javascript-nextjs"])(
    "of %s, though some had the next one before, as a canary",
    (platform) => expect(judge("shop@1.0.0", [platform], 0.1)).toBe(false),
  );

  test("if nobody had the next one before its deploy, or most had", () => {
    expect(judge("shop@1.0.0", ["node"])).toBe(false);
    expect(judge("shop@1.0.0", [])).toBe(false);
    expect(judge("shop@1.0.0", [], 0.6)).toBe(false);
  });

  test("if a commit names it, for that is what we deploy", () => {
    expect(judge("c0ffee".padEnd(40, "0"), ["apple-ios"])).toBe(false);
  });
});
