import { cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "@patchpilot/git";
import type { ProofAccount, ReportedException } from "@patchpilot/incident";
import type { Selection, TestRun } from "@patchpilot/test-report";
import { openSnapshots } from "../patch/open-snapshots.ts";
import { restoreSnapshot, takeSnapshot } from "../patch/snapshot.ts";
import { openVault } from "../patch/vault.ts";
import { realClock } from "../process/clock.ts";
import { runLaunch } from "../process/run-process.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import { openJournal } from "../step/journal.ts";
import { readBaseFiles } from "../step/read-base-files.ts";
import { applyPatch } from "../verify/apply-patch.ts";
import { openTestRunner } from "../verify/run-tests.ts";
import { runApart } from "../verify/test-suite.ts";
import { openProofPlace } from "./open-proof-place.ts";
import { prove } from "./prove.ts";

/** A change that is judged by itself, without an action or a sandbox around it. */
export type ChangeToProve = {
  /** Folder of the project before the change; it is copied. */
  readonly base: string;
  readonly patch: Uint8Array;
  /** Frames with the crash first. */
  readonly production: readonly ReportedException[];
  readonly runner: { readonly setup?: string; readonly test: string };
  /** Variables of commands. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds for each command. */
  readonly timeout: number;
};

/** What was shown of a change, and every run of its tests, in order. */
export type ProvenChange = {
  readonly proof: ProofAccount;
  readonly runs: readonly { readonly title: string; readonly run: TestRun }[];
};

/**
 * Judges a change as `verify` does, in its own folder.
 * @throws Error where the patch does not apply or the project cannot be set up
 */
export async function proveChange(request: ChangeToProve): Promise<ProvenChange> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "patchpilot-proof-")));
  try {
    return await proveIn(root, request);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function proveIn(root: string, request: ChangeToProve): Promise<ProvenChange> {
  const { patch, production, runner, env } = request;
  const workspace = join(root, "workspace");
  const vault = await openBase(root, workspace, request);
  const place = { folder: "", command: runner.test, bring: (command: string) => command };
  const check = { name: "test" as const, command: runner.test, env, place };
  const applied = await applyPatch(vault, patch, [runner.test]);
  if ("refusal" in applied) throw new Error(applied.refusal);
  await restoreSnapshot(vault, applied.tree);
  const commands = plainRunner(workspace, request);
  const setUp = () => installOnce(commands, request);
  await setUp();
  const { tree: settled } = await takeSnapshot(vault);
  const journal = openJournal([], vault.base);
  const temporary = join(root, "reports");
  await mkdir(temporary);
  const around = { workspace, commands, journal, temporary };
  const tests = await openTestRunner(check, { files: readBaseFiles(vault) }, around);
  if (tests === undefined) throw new Error("There is no test command.");
  const runs: { title: string; run: TestRun }[] = [];
  const runOne = runApart(tests);
  const runThese = async (title: string, selection: Selection | undefined) => {
    const run = await runOne(title, selection);
    runs.push({ title, run });
    return run;
  };
  const onPatch = await runThese("the tests on the patch", undefined);
  if (onPatch.exitCode !== 0) return { proof: RED, runs };
  const patched = applied.tree;
  const proof = await prove({ production, onPatch, changesTests: applied.changesTests }, () =>
    openProofPlace({ vault, settled, patched, setUp, runTests: runThese, now: realClock.now }),
  );
  return { proof, runs };
}

/** @throws Error where it fails */
async function installOnce(commands: CommandRunner, { runner, env }: ChangeToProve): Promise<void> {
  if (runner.setup === undefined) return;
  const { code, output } = await commands.run("setup", makeBashCommand(runner.setup, env), "setup");
  if (code !== 0) throw new Error(`The project cannot be set up: ${output.slice(-2_000)}`);
}

const RED: ProofAccount = {
  level: "not-verified",
  reason: "The tests are red on the patch.",
  tests: [],
  parts: [],
  flaky: [],
};

/** Copies the project and commits it. */
async function openBase(root: string, workspace: string, { base, env }: ChangeToProve) {
  await cp(base, workspace, { recursive: true });
  const path = env["PATH"] ?? "/usr/bin:/bin";
  const here = { cwd: workspace, path };
  const identity = ["-c", "user.name=proof", "-c", "user.email=proof@localhost"];
  await git(here, ["init", "--quiet", "--template="]);
  await git(here, ["add", "--all", "--force"]);
  await git(here, [...identity, "commit", "--quiet", "--message", "base"]);
  const vault = await openVault({ workspace, folder: join(root, "vault"), base: undefined, path });
  await openSnapshots(vault);
  return vault;
}

/** Runs commands as this account, one at a time. */
function plainRunner(workspace: string, { env, timeout }: ChangeToProve): CommandRunner {
  return {
    run: async (_title, { command, args, env: own, stdin }) => {
      const stop = new AbortController();
      const callOff = realClock.after(timeout, () => stop.abort("time"));
      try {
        return await runLaunch(
          { file: command, args, env: { ...env, ...own }, cwd: workspace, stdin, mark: "", folders: [] },
          {
            clock: realClock,
            interrupt: stop.signal,
            grace: { time: 1_000, cancelled: 1_000 },
            show: () => {},
          },
        );
      } finally {
        callOff();
      }
    },
    interrupted: () => undefined,
    endServices: async () => {},
    close: async () => {},
  };
}
