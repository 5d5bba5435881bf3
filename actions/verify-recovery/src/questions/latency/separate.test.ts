import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery } from "../../decide.ts";
import { countServed, fixed, old, type Served, SLOW_SHARE } from "../../testing/served.ts";
import { fastAgain } from "../../testing/slow.ts";
import { LIVE, NOW, SETTINGS } from "../../testing/world.ts";

function decide(hours: number, ...parts: readonly Served[]) {
  const since = NOW - hours * HOUR;
  const deployment = { state: "live", source: "vercel", sha: LIVE, since } as const;
  const facts = fastAgain({ deployment, ...countServed(hours, parts) });
  const { decision, verdict, reason, odds } = decideRecovery(facts, NOW, SETTINGS);
  return [`${decision}: ${verdict}: ${reason}`, ...odds].join(" ");
}

const steadily = (samples: number) => () => samples;
const nameless = (samples: number, slow?: number): Served => ({
  ...old(steadily(samples), slow),
  release: null,
  holds: null,
});

describe("an operation that several releases serve", () => {
  test.each<[string, RegExp, number, readonly Served[]]>([
    ["all hold the fix", /^close: recovered: .* requests in 12 h/, 12, [fixed(steadily(50))]],
    ["one without it is as fast", /^close: recovered/, 12, [fixed(steadily(25)), old(steadily(25), 0.1)]],
    [
      "one without it has a fiftieth of the requests",
      /^close: recovered/,
      24,
      [fixed(steadily(98)), old(steadily(2))],
    ],
    [
      "one without it fades",
      /^close: recovered/,
      12,
      [fixed((hour) => 50 - 40 * 0.7 ** hour), old((hour) => 40 * 0.7 ** hour)],
    ],
    [
      "one without it has as many as at first",
      /^wait: .*0d0d0d0, which lacks the fix, still serves it slowly/,
      24,
      [fixed(steadily(35)), old(steadily(15))],
    ],
    [
      "requests that name none are slow, and do not become fewer",
      /^wait: .*an unnamed release, which may lack the fix, still serves it slowly/,
      24,
      [fixed(steadily(35)), nameless(15)],
    ],
    ["requests that name none are fast", /^close: recovered/, 12, [fixed(steadily(35)), nameless(15, 0.1)]],
    [
      "the fix is slow, and so is what lacks it",
      /^retry: failing/,
      12,
      [fixed(steadily(25), SLOW_SHARE), old(steadily(25))],
    ],
    [
      "the fix has too few requests yet",
      /^wait: .*100 requests are needed/i,
      3,
      [fixed(steadily(20)), old(steadily(30))],
    ],
    [
      "one without it is as fast, but for chance",
      /^close: recovered: (?!.*Releases without)/,
      12,
      [fixed(steadily(35)), old(steadily(30), 0.12)],
    ],
    [
      "the new version is slow, and the old one fast",
      /^retry: failing: .*of releases with the fix/,
      12,
      [
        { ...fixed(steadily(25), SLOW_SHARE), by: "order" },
        { ...old(steadily(25), 0.1), by: "order" },
      ],
    ],
    ["nobody has the fix, and it is fast", /^wait: not-deployed: Nobody/, 12, [old(steadily(50), 0.1)]],
    [
      "most requests name none, and the others lack the fix",
      /^retry: failing/,
      12,
      [old(steadily(10)), nameless(40)],
    ],
    ["nobody has the fix", /^wait: not-deployed: Nobody/, 12, [old(steadily(50))]],
    [
      "a version of before has all of them, and is fast",
      /^close: recovered/,
      12,
      [{ ...old(steadily(50), 0.1), by: "order" }],
    ],
    [
      "a version of before has all of them, and is slow",
      /^wait: not-deployed/,
      12,
      [{ ...old(steadily(50)), by: "order" }],
    ],
    [
      "most requests name none, and it is slow",
      /^retry: failing/,
      12,
      [{ ...old(steadily(10)), holds: null }, nameless(40)],
    ],
  ])("is judged where %s", (_, expected, hours, parts) => {
    expect(decide(hours, ...parts)).toMatch(expected);
  });

  test("is never disproved by what lacks the fix, at any share of the requests", () => {
    for (const part of [0.1, 0.5, 0.9, 0.97])
      expect(decide(24, fixed(steadily(100 * (1 - part))), old(steadily(100 * part)))).not.toMatch(/failing/);
  });
});
