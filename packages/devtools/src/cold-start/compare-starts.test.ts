import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareStarts, median } from "./compare-starts.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "start-"));
  mkdirSync(join(folder, "asker", "dist"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const bundle = (code: string) => {
  writeFileSync(join(folder, "asker", "dist", "index.js"), code);
  return [join(folder, "asker")];
};

test("the time of a bundle ends with its first request, though it goes on", async () => {
  const code = "fetch(process.env.GITHUB_API_URL).catch(() => {}); setTimeout(() => {}, 60_000);";
  const { actions, emptyMs } = await compareStarts(bundle(code), 1);
  expect(actions).toHaveLength(1);
  expect(actions[0]?.ratio).toBeCloseTo((actions[0]?.medianMs ?? 0) / emptyMs, 9);
  expect(actions[0]?.medianMs).toBeLessThan(20_000);
});

test("a bundle that asks nothing is an error that shows what it said", async () => {
  await expect(compareStarts(bundle("console.log('no token')"), 1)).rejects.toThrow("It said:\nno token");
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});
