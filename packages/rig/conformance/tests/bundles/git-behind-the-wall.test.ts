import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { bubblewrapWorks } from "./support/bubblewrap-works.ts";
import { type Condition, OWN_ACCOUNT, plainAccount } from "./support/conditions.ts";
import { openRepairJob, type RepairJob, type RepairJobStep } from "./support/repair-job.ts";

const BASE = { "cart.js": "broken\n", "check.sh": "grep -q mended cart.js\n", ".gitignore": ".trees/\n" };
const MEND = "echo mended > cart.js";
const COMMIT = "git -c user.name=a -c user.email=a@b commit --quiet -am fix";

const isRoot = process.getuid?.() === 0;
const ACCOUNTS: readonly (readonly [string, Condition])[] = isRoot
  ? [
      ["root", OWN_ACCOUNT],
      ["uid 1001", plainAccount()],
    ]
  : [["the account of the tests", OWN_ACCOUNT]];

function openJob(condition: Condition, files: Readonly<Record<string, string>> = BASE): RepairJob {
  const job = openRepairJob(files, condition);
  onTestFinished(job.remove);
  return job;
}

const work = (job: RepairJob, command: string, inputs: Readonly<Record<string, string>> = {}) =>
  job.run({ sandbox: "wall", "test-command": "sh check.sh", command, ...inputs });

const patchOf = ({ outputs }: RepairJobStep): string =>
  outputs["patch"] ? readFileSync(outputs["patch"], "utf8") : "";
const notesOf = ({ outputs }: RepairJobStep): readonly string[] =>
  JSON.parse(readFileSync(outputs["result-file"] ?? "", "utf8")).notes;

const workspaceOf = (job: RepairJob): string => join(job.root, "workspace");

/** Every file of a folder with its content. */
function readAll(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => !entry.isDirectory(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length), entry.isFile() ? readFileSync(path, "latin1") : "no file"];
    }),
  );
}

describe.runIf(bubblewrapWorks()).each(ACCOUNTS)("git behind the wall in a job of %s", (_, condition) => {
  test.each([
    ["on a branch", `git switch -qc fix && ${MEND} && ${COMMIT} && git switch -q --detach main`],
    ["in a work tree", `git worktree add -q .claude/fix -b fix && cd .claude/fix && ${MEND} && ${COMMIT}`],
    ["in a work tree, without a commit", `git worktree add -q trees/one && cd trees/one && ${MEND}`],
    ["in a work tree that the base ignores", `git worktree add -q .trees/one && cd .trees/one && ${MEND}`],
    ["in a commit of its own on the branch that is checked out", `${MEND} && ${COMMIT}`],
    [
      "after an identity was set",
      `git config user.name a; git config user.email a@b; ${MEND}; git commit -qam fix`,
    ],
  ])("takes work that is done %s", async (_where, script) => {
    const job = openJob(condition);
    const step = await work(job, script);
    expect([step.outputs["result"], patchOf(step)]).toEqual([
      "patch",
      expect.stringMatching(/^diff --git a\/cart\.js b\/cart\.js\n(?:.*\n)*\+mended\n$/),
    ]);
    expect(job.read("cart.js")).toBe("mended\n");
  });
});
