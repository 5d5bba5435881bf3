import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeScratchFolder } from "./testing/folder.ts";

const MODULE = new URL("./hide-environment.ts", import.meta.url).href;

/** Prints what the process knows, and what others can read of it. */
const SCRIPT = `
  import { hideEnvironment } from ${JSON.stringify(MODULE)};
  import { readFileSync } from "node:fs";
  hideEnvironment();
  console.log(JSON.stringify({
    secret: process.env["INPUT_ANTHROPIC-API-KEY"],
    shown: readFileSync("/proc/self/environ", "utf8").split("\\0").map((each) => each.split("=")[0]).filter(Boolean),
    words: process.argv.slice(2),
  }));
  process.exitCode = 3;
`;

let folder: string;
beforeEach(() => {
  folder = makeScratchFolder();
});

function runScript(temporary = folder) {
  const script = join(folder, "script.ts");
  writeFileSync(script, SCRIPT);
  const env = {
    PATH: process.env["PATH"],
    RUNNER_TEMP: temporary,
    "INPUT_ANTHROPIC-API-KEY": "sk-secret",
    ACTIONS_RUNTIME_TOKEN: "runtime",
  };
  const ended = spawnSync(process.execPath, [script, "a b"], { env, encoding: "utf8" });
  return { ...ended, said: JSON.parse(ended.stdout) };
}

describe.runIf(process.platform === "linux" && process.execve !== undefined)("a process that hides", () => {
  it("still knows its environment, of which others see nothing of the job's", () => {
    const { said } = runScript();
    expect(said).toEqual({ secret: "sk-secret", shown: ["PATH", "PATCHPILOT_ENVIRONMENT"], words: ["a b"] });
  });

  it("leaves no file behind, says nothing, and ends with its own status", () => {
    const { status, stderr } = runScript();
    expect([status, stderr, readdirSync(folder)]).toEqual([3, "", ["script.ts"]]);
  });

  it("goes on as it is where nothing can be written", () => {
    expect(runScript("/nowhere").said).toMatchObject({ secret: "sk-secret" });
  });
});
