import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { beforeEach, describe, expect, test } from "vitest";
import { runLaunch } from "../../process/run-process.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { processSandbox } from "../process-sandbox.ts";
import { makeBashCommand } from "../sandbox.ts";
import { throughSudo } from "./through-sudo.ts";

let root: string;
beforeEach(() => {
  root = makeScratchFolder();
});

const SECRET = "npm 'secret'\non two lines";

/** With a `sudo` that drops the environment and becomes nobody else. */
function launchOf(script: string) {
  const sudo = ["#!/bin/sh", '[ "$1 $2" = "-n --" ] || exit 1', "shift 2", 'env -i "$@"', "exit $?", ""];
  writeFileSync(join(root, "sudo"), sudo.join("\n"), { mode: 0o755 });
  const folders = {
    workspace: root,
    home: root,
    temporary: root,
    task: root,
    programs: [],
    git: root,
    objects: root,
  };
  const wall = processSandbox({ PATH: [root, process.env["PATH"]].join(delimiter) });
  return throughSudo(wall).launch(makeBashCommand(script, { NPM_TOKEN: SECRET }), folders, "mark");
}

const LIMITS = {
  clock: fakeClock(),
  interrupt: new AbortController().signal,
  grace: { time: 0, cancelled: 0 },
  show: () => {},
};

describe.skipIf(process.platform !== "linux")("a command whose wall root makes", () => {
  test("has its variables, whose values are in no argument", async () => {
    const launch = launchOf('printf %s "$NPM_TOKEN"');
    const { stdout } = await runLaunch(launch, LIMITS);
    expect(stdout).toBe(SECRET);
    expect([launch.file, ...launch.args].join(" ")).not.toContain("secret'");
  });

  test("has none of root's variables or settings, and keeps its exit code", async () => {
    const { output, code } = await runLaunch(launchOf('echo "$HOME ${SUDO_UID-none}"; exit 7'), LIMITS);
    expect([output, code]).toEqual([`${root} none\n`, 7]);
  });
});
