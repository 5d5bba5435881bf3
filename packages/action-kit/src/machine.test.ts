import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyCommandFiles, machineVariables } from "./machine.ts";
import { makeScratchFolder } from "./testing/folder.ts";

test("the machine's variables hold nothing that the runner tells actions", () => {
  const runners = {
    GITHUB_TOKEN: "t",
    RUNNER_TEMP: "/t",
    ACTIONS_RUNTIME_TOKEN: "t",
    "INPUT_NPM-TOKEN": "t",
  };
  expect(machineVariables({ PATH: "/bin", LANG: "C", absent: undefined, ...runners })).toEqual({
    PATH: "/bin",
    LANG: "C",
  });
});

test("what a foreign program wrote into the runner's files is gone", () => {
  const folder = makeScratchFolder();
  const file = join(folder, "output");
  writeFileSync(file, "patch-sha256=forged\n");
  emptyCommandFiles({ GITHUB_OUTPUT: file, GITHUB_ENV: join(folder, "absent"), GITHUB_PATH: "" });
  expect(readFileSync(file, "utf8")).toBe("");
});
