import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { measureFirstRequest } from "./measure-start.ts";

function measure(code: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(folder, "index.mjs");
  writeFileSync(script, code);
  return measureFirstRequest((address) => ({ script, environment: { GITHUB_API_URL: address } }));
}

test("the start of a bundle ends with its first request, though the bundle never ends", async () => {
  const code = `import { createServer } from "node:net";
    createServer().listen(0);
    fetch(process.env.GITHUB_API_URL).catch(() => {});`;
  expect(await measure(code)).toBeGreaterThan(0);
});

test("a bundle that asks nothing is an error that shows what it said", async () => {
  await expect(measure("console.log('no token')")).rejects.toThrow("It said:\nno token");
});
