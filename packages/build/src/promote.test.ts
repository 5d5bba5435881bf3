import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "./repository.ts";

const promote = (args: readonly string[], token: string) =>
  spawnSync(
    process.execPath,
    ["--conditions=source", join(REPOSITORY, "packages/build/src/promote.ts"), ...args],
    { env: { PATH: process.env["PATH"], RELEASE_TOKEN: token }, encoding: "utf8" },
  );

test.each([
  ["a name that is no repository", ["intakes"], "ghs_1", "There is no intakes. Name some of claim,"],
  ["no token", ["--dry-run"], "", "RELEASE_TOKEN is empty or has blanks."],
])("with %s, it says so and exits with 1", (_, args, token, sentence) => {
  const { status, stderr } = promote(args, token);
  expect(stderr).toContain(sentence);
  expect(status).toBe(1);
});
