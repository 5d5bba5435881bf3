import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

const hasBubblewrap = bubblewrapWorks();

describe.runIf(hasBubblewrap).each(ACCOUNTS)("git behind the wall in a job of %s", (_, condition) => {
  test.each([
    ["on a branch", `git switch -qc fix && ${MEND} && ${COMMIT} && git switch -q --detach main`],
    ["in a work tree", `git worktree add -q .claude/fix -b fix && cd .claude/fix && ${MEND} && ${COMMIT}`],
    ["in a work tree, without a commit", `git worktree add -q trees/one && cd trees/one && ${MEND}`],
    ["in a work tree that the base ignores", `git worktree add -q .trees/one && cd .trees/one && ${MEND}`],
    ["in its own commit on the branch that is checked out", `${MEND} && ${COMMIT}`],
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

/** What git would run or obey outside of the wall, if it asked a folder that somebody left like this. */
const TRAPS: Readonly<Record<string, string>> = {
  hooks: `mkdir -p .git/hooks; for h in post-checkout pre-commit post-index-change reference-transaction; do printf '#!/bin/sh\ntouch TRACE\n' > .git/hooks/$h; chmod +x .git/hooks/$h; done`,
  settings:
    "git config core.fsmonitor 'touch TRACE; false'; git config core.hooksPath /tmp; git config filter.x.clean 'touch TRACE; cat'; git config filter.x.smudge 'touch TRACE; cat'; git config core.sshCommand 'touch TRACE'; git config core.pager 'touch TRACE'; git config diff.external 'touch TRACE'; git config alias.status '!touch TRACE'; mkdir -p .git/info; echo '* filter=x' > .git/info/attributes",
  includes: `printf '[core]\n\tfsmonitor = touch TRACE\n' > .git/evil; git config include.path evil; git config 'includeIf.gitdir:/**.path' evil`,
  alternates:
    "mkdir -p .git/objects/info; echo /etc > .git/objects/info/alternates; echo PLANTED > .git/objects/info/http-alternates",
  "another work tree": "git config core.worktree /etc; git config core.bare false",
  "a common folder": "echo /proc/self/root/etc > .git/commondir; echo /etc > .git/gitdir",
  "links for its parts":
    "rm -rf .git/refs .git/HEAD .git/index .git/objects; ln -s ROOT/home .git/refs; ln -s ROOT/home/.netrc .git/HEAD; ln -s ROOT/home/.netrc .git/packed-refs; ln -s /etc/passwd .git/index; ln -s / .git/objects",
  "pipes for its parts":
    "rm -rf .git/HEAD .git/packed-refs .git/refs/heads; mkfifo .git/HEAD .git/packed-refs .git/refs/stash; mkdir -p .git/refs/heads; mkfifo .git/refs/heads/x",
  "bad entries in the index": `b=$(echo x | git hash-object -w --stdin); printf '100644 %s\t%s\n' $b .git/config $b ../../escaped $b ~/x | git update-index --add --index-info 2>/dev/null; head -c 100000 /dev/urandom > .git/index`,
  "nothing at all": "rm -rf .git 2>/dev/null; ls -A .git",
  "another folder in its place":
    "mv .git away 2>/dev/null; rmdir .git 2>/dev/null; ln -s /etc .git 2>/dev/null; mount -t tmpfs none .git 2>/dev/null; umount .git 2>/dev/null; unshare -rm umount .git 2>/dev/null; true",
  "names of branches that a shell would run": `mkdir -p .git/refs/heads/x; h=$(git rev-parse HEAD); echo "$h; touch sprung" > '.git/refs/heads/x/$(touch sprung)'; echo '$(touch sprung)' > '.git/refs/heads/y;touch sprung'`,
  "a huge list of branches":
    "h=$(git rev-parse HEAD); for i in $(seq 6000); do echo $h refs/heads/$i; done > .git/packed-refs; head -c 3000000 /dev/zero > .git/HEAD",
  "a work tree that is a link":
    "mkdir -p ROOT/x 2>/dev/null; ln -s /etc tree; git worktree add -q real 2>/dev/null; rm -rf real; ln -s ROOT/home real",
  "pointers to elsewhere":
    "mkdir -p one two/three; echo 'gitdir: /etc/worktrees/x' > one/.git; echo 'gitdir: ../../../../etc/worktrees/y' > two/three/.git; echo x > one/file; echo x > two/three/file",
};

/** What later steps of the job ask, such as that of actions/checkout. */
function askAsLaterSteps(job: RepairJob): void {
  const asked = [["status", "--short"], ["config", "--list", "--local"], ["log", "-1"], ["diff"]];
  for (const question of asked)
    execFileSync("git", ["-c", "safe.directory=*", ...question], { cwd: workspaceOf(job), stdio: "ignore" });
}

/** A folder that everybody may write to, outside of everything that is the job's. */
function makeTrace(job: RepairJob): string {
  const trace = join(job.root, "trace");
  mkdirSync(trace);
  chmodSync(trace, 0o777);
  return trace;
}

describe.runIf(hasBubblewrap)("what an agent leaves in git", () => {
  const condition = ACCOUNTS.at(-1)?.[1] ?? OWN_ACCOUNT;

  test.each(Object.entries(TRAPS))("is obeyed by nobody outside of the wall: %s", async (_what, script) => {
    const job = openJob(condition);
    writeFileSync(join(job.home, ".netrc"), `${"a".repeat(40)} refs/heads/secret\n`);
    const trace = makeTrace(job);
    const before = readAll(join(workspaceOf(job), ".git"));
    const spring = script.replaceAll("TRACE", join(trace, "sprung")).replaceAll("ROOT", job.root);
    const step = await work(job, `${MEND}; ${spring}`);
    expect([step.outputs["result"], patchOf(step)]).toEqual(["patch", expect.stringContaining("+mended")]);
    expect(patchOf(step).match(/^diff .*/gm)).toEqual(["diff --git a/cart.js b/cart.js"]);
    expect(readAll(join(workspaceOf(job), ".git"))).toEqual(before);
    askAsLaterSteps(job);
    expect(readdirSync(trace)).toEqual([]);
  });

  test("springs on later steps where there is no wall", async () => {
    const job = openJob(condition);
    const trace = makeTrace(job);
    const spring = TRAPS["settings"]?.replaceAll("TRACE", join(trace, "sprung"));
    await work(job, `${MEND}; ${spring}`, { sandbox: "process" });
    askAsLaterSteps(job);
    expect(readdirSync(trace)).toEqual(["sprung"]);
  });

  test("is not there for setup and tests, which find the base", async () => {
    const job = openJob(condition);
    const step = await work(
      job,
      `git switch -qc fix; ${MEND}; ${COMMIT}; git config core.hooksPath evil; git tag evil`,
      {
        "test-command":
          "git status --short; git tag; echo hooks=$(git config core.hooksPath); git branch --show-current",
      },
    );
    expect(step.outputs["result"]).toBe("patch");
    expect(step.log).toMatch(/^ M cart\.js\nhooks=\nmain$/m);
    expect(step.log).not.toMatch(/^evil$/m);
  });

  test("holds no token of the job's before", async () => {
    const job = openJob(condition);
    const gitFolder = join(workspaceOf(job), ".git");
    const planted = "x-access-token:planted";
    appendFileSync(join(gitFolder, "config"), `[http]\n\textraheader = ${planted}\n`);
    for (const [name, text] of Object.entries({
      "logs/HEAD": planted,
      "hooks/post-checkout": planted,
      FETCH_HEAD: planted,
      "config.worktree": planted,
      "modules/lib/HEAD": "ref: refs/heads/main\n",
      "modules/lib/config": `[core]\n\tworktree = ../../../lib\n[http]\n\textraheader = ${planted}\n`,
      "modules/lib/objects/info/packs": "",
      "modules/lib/logs/HEAD": planted,
    })) {
      mkdirSync(join(gitFolder, name, ".."), { recursive: true });
      writeFileSync(join(gitFolder, name), text);
    }
    const step = await work(
      job,
      `${MEND}; ls .git/modules/lib/config && grep -rc x-access-token .git / --include=config --include=HEAD --include=FETCH_HEAD --include=post-checkout -s | grep -v ':0$' && echo it is there; true`,
    );
    expect(step.outputs["result"]).toBe("patch");
    expect(step.log).toContain(".git/modules/lib/config");
    expect(step.log).not.toContain("it is there");
  });
});
