import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { callGit } from "./call-git.ts";

test("git that does not end is ended, and a sentence says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "run-git-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "git"), "#!/bin/sh\nexec /usr/bin/tail -f /dev/null\n");
  chmodSync(join(folder, "git"), 0o755);
  const call = callGit({ cwd: folder, path: folder, patience: 1 }, ["update-index"]);
  await expect(call).rejects.toThrow(/^git .*update-index did not end within 0\.001 seconds\. /);
});
