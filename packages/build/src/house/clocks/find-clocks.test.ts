import { expect, test } from "vitest";
import { HAS_RIG, REPOSITORY } from "../../repository.ts";
import { parseSource } from "../sources/parse-source.ts";
import { findClocks, readTestFiles } from "./find-clocks.ts";

/** Where a clock is named and no result hangs on it. */
const ALLOWED: Readonly<Record<string, { readonly clocks: readonly string[]; readonly why: string }>> = {
  "packages/action-kit/src/testing/growth.ts": {
    clocks: ["performance.now"],
    why: "only `npm run bench:growth` calls it",
  },
  "packages/rig/conformance/worlds/race/interleaver.ts": {
    clocks: ["timer"],
    why: "a turn of the event loop in which git may end; turns are counted, not time",
  },
  "packages/rig/demo/src/shop/virtual-waits.test.ts": {
    clocks: ["performance.now", "imported timer"],
    why: "the app's clock, which the module under test puts in the place of the machine's",
  },
  "packages/build/src/house/clocks/find-clocks.test.ts": {
    clocks: [
      "performance.now",
      "Date.now",
      "new Date()",
      "hrtime",
      "cpuUsage",
      "timer",
      "imported timer",
    ].concat(["AbortSignal.timeout", "polling", "the product's real clock"]),
    why: "the examples below",
  },
  "packages/rig/runner/src/contract/child-process.test.ts": {
    clocks: ["timer"],
    why: "keeps a child process alive until it is killed",
  },
  "packages/rig/runner/src/run-control.test.ts": {
    clocks: ["timer"],
    why: "keeps a child process alive until it is interrupted",
  },
};

test("no test of this repository reads the machine's clock or waits for it", () => {
  const files = readTestFiles(REPOSITORY);
  expect(files.length).toBeGreaterThan(200);
  const found = files
    .map((file) => [file.path, findClocks(file)] as const)
    .filter(([, clocks]) => clocks.length > 0);
  const allowed = Object.entries(ALLOWED)
    .filter(([path]) => HAS_RIG || !path.startsWith("packages/rig/"))
    .map(([path, { clocks }]) => [path, clocks]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(allowed));
});

test.each([
  ["const begun = performance.now();", "performance.now"],
  ["const age = Date.now() - then;", "Date.now"],
  ["const today = new Date();", "new Date()"],
  ["const today = new Date;", "new Date()"],
  ["process.hrtime.bigint()", "hrtime"],
  ["process.cpuUsage().user", "cpuUsage"],
  ["await new Promise((resolve) => setTimeout(resolve, 50));", "timer"],
  ["`setInterval(() => {}, 1000)`", "timer"],
  ["await scheduler.wait(50);", "timer"],
  ['import { setTimeout as sleep } from "node:timers/promises";', "imported timer"],
  ['const { setTimeout } = await import("node:timers/promises");', "imported timer"],
  ["AbortSignal.timeout(60)", "AbortSignal.timeout"],
  ["await vi.waitFor(() => expect(seen).toBe(true));", "polling"],
  ["await expect.poll(read).toBe(1);", "polling"],
  ["createHttp({ time: systemTime })", "the product's real clock"],
])("%s is found", (text, clock) => {
  expect(findClocks(parseSource({ path: "x.ts", text }))).toEqual([clock]);
});

test.each([
  'new Date("2026-11-21T12:00:00Z")',
  "new Date(clock.now())",
  "Date.parse(text)",
  "clock.now()",
  'import { setImmediate } from "node:timers/promises";',
  'vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });',
  "// performance.now() would be no test",
])("%s is no clock", (text) => {
  expect(findClocks(parseSource({ path: "x.ts", text }))).toEqual([]);
});
