import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareStarts, median } from "./compare-starts.ts";

/** An action's folder whose bundle nobody runs. */
function bundled(): string {
  const root = mkdtempSync(join(tmpdir(), "start-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "asker", "dist"), { recursive: true });
  writeFileSync(join(root, "asker", "dist", "index.js"), "12345");
  return join(root, "asker");
}

/** Says one time after the other. */
const saying = (times: number[]) => async () => times.shift() ?? Number.NaN;

test("medians leave the first round out, and the ratio is against the empty process", async () => {
  const { emptyMs, actions } = await compareStarts([bundled()], 3, {
    emptyProcess: saying([900, 20, 10, 30]),
    firstRequest: saying([900, 40, 70, 50]),
  });
  expect(emptyMs).toBe(20);
  expect(actions).toEqual([{ action: "asker", scriptBytes: 5, medianMs: 50, ratio: 2.5 }]);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});
