import { expect, test } from "vitest";
import { changesDependencies } from "./dependencies.ts";

test("lockfiles and manifests decide what is installed", () => {
  const paths = ["package.json", "a/package.json", "pnpm-lock.yaml", "yarn.lock", "src/lock.ts"];
  expect(paths.map(changesDependencies)).toEqual([true, true, true, true, false]);
});
