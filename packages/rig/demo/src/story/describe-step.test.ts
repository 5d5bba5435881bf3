import { expect, test } from "vitest";
import { describeStep, readActionName } from "./describe-step.ts";

test("a step is known by the action that it uses", () => {
  expect(readActionName({ name: "Run patchpilot/verify-recovery@v1" })).toBe("verify-recovery");
  expect(readActionName({ name: "Run actions/checkout@v7" })).toBeUndefined();
});

test.each<[string, Record<string, string>, string[]]>([
  [
    "intake",
    { incidents: '[{"issue":1,"severity":"high"}]' },
    ["accepts #1 as an incident of high severity"],
  ],
  ["intake", { incidents: "[]" }, []],
  [
    "dispatch",
    { settled: '[{"issue":1,"attempt":1,"outcome":"merged"}]', dispatched: "[]" },
    ["notes how attempt 1 of #1 ended: merged"],
  ],
  [
    "dispatch",
    { settled: '[{"issue":1,"attempt":1,"outcome":"lost"}]' },
    ["notes how attempt 1 of #1 ended: no run started"],
  ],
  [
    "perf-scan",
    {
      opened: "[3]",
      bottlenecks:
        '[{"transaction":"GET /a","verdict":"regressed","p95":812.4,"baselineP95":99.6,"issue":3},{"transaction":"GET /b","verdict":"slow","p95":2000,"baselineP95":null,"issue":2}]',
    },
    ["opens issue #3: GET /a became slower, p95 812 ms, 100 ms before"],
  ],
  ["gate", { proceed: "false", issue: "1" }, []],
  ["work", { result: "no-change" }, ["leaves no patch: no-change"]],
  ["verify", { result: "failed" }, []],
  ["publish", { pr: "2" }, ["opens draft pull request #2 and runs none of its code"]],
  [
    "verify-recovery",
    {
      decisions:
        '[{"decision":"wait","verdict":"waiting","reason":"Soon.","eta":"2026-03-03T12:17:00.000Z"}]',
    },
    ["waits: Soon."],
  ],
  [
    "verify-recovery",
    {
      decisions: '[{"decision":"wait","verdict":"waiting","reason":"Silence.","needs":"traffic","eta":null}]',
    },
    ["calls you: Silence."],
  ],
  ["dispatch", {}, []],
])("%s with %j", (action, outputs, sentences) => {
  expect(describeStep(action, outputs)).toEqual(sentences);
});
