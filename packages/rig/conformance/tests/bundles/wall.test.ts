import { chmodSync, chownSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { describe, expect, onTestFinished, test } from "vitest";
import { bubblewrapWorks } from "./support/bubblewrap-works.ts";
import {
  type Condition,
  container,
  OWN_ACCOUNT,
  oldPod,
  plainAccount,
  pod,
  sudoAlone,
} from "./support/conditions.ts";
import { openByTheDocs } from "./support/hostile/open-by-the-docs.ts";
import { type HostileJob, openHostileJob, TRIES } from "./support/hostile/open-hostile-job.ts";
import { limitedWallWorks, perlWorks } from "./support/limited-wall-works.ts";
import { openRepairJob, type RepairJobStep } from "./support/repair-job.ts";

const isRoot = process.getuid?.() === 0;

/** A job of another account can be made by root alone. */
const ACCOUNTS: readonly (readonly [string, Condition])[] = isRoot
  ? [
      ["root", OWN_ACCOUNT],
      ["uid 1001", plainAccount()],
    ]
  : [["the account of the tests", OWN_ACCOUNT]];

const hasBubblewrap = bubblewrapWorks();

function openJob(condition: Condition): HostileJob {
  const job = openHostileJob(condition);
  onTestFinished(job.close);
  return job;
}

function openPlainJob(condition: Condition) {
  const job = openRepairJob({ "cart.js": "broken\n" }, condition);
  onTestFinished(job.remove);
  return job;
}

/** A folder of programs for uid 1001, which nobody else gets at. */
function makeTools(): string {
  const folder = makeScratchFolder();
  chownSync(folder, 0, 1001);
  chmodSync(folder, 0o750);
  return folder;
}

const resultOf = ({ outputs }: RepairJobStep) =>
  JSON.parse(readFileSync(outputs["result-file"] ?? "", "utf8"));

/** Stands for Codex: says how it was called, and whether the model can be asked. */
const CODEX = `#!/bin/bash
printf '%s\\n' "$@"
[[ "$*" =~ http://127.0.0.1:([0-9]+) ]] && exec 3<>"/dev/tcp/127.0.0.1/\${BASH_REMATCH[1]}" && echo the door is open
`;

async function logOfCodex(sandbox: string, condition: Condition): Promise<string> {
  const job = openPlainJob(condition);
  const path = join(job.tools, "bin", "codex");
  writeFileSync(path, CODEX, { mode: 0o755 });
  const inputs = { agent: "codex", "agent-path": path, "openai-api-key": "sk-0123456789abcdef", sandbox };
  return (await job.run(inputs)).log;
}

const TESTS = "sh check.sh";

/** What a hostile agent and hostile tests reach under `auto`. Green tests stay green and red ones red. */
async function reachedIn(condition: Condition, sandbox: string): Promise<string[]> {
  const job = openJob(condition);
  const work = await job.work("auto", TESTS);
  expect([work.code, work.outputs["result"], resultOf(work).sandbox]).toEqual([0, "patch", sandbox]);
  expect(readFileSync(work.outputs["patch"] ?? "", "utf8")).toContain("+mended");
  const green = await job.verify("auto", work, TESTS);
  expect([green.code, green.outputs["result"], resultOf(green).sandbox]).toEqual([0, "patch", sandbox]);
  const red = await job.verify("auto", work, "exit 3");
  expect([red.code, red.outputs["result"], resultOf(red).checks.at(-1).exitCode]).toEqual([1, "failed", 3]);
  return job.reached();
}

describe.runIf(process.platform === "linux").each(ACCOUNTS)(
  "a hostile agent in a job of %s",
  (_, condition) => {
    describe.runIf(hasBubblewrap)("behind the wall", () => {
      test("reaches none of the twelve, and red tests stay red", async () => {
        expect(await reachedIn(condition, "wall")).toEqual([]);
      });

      test("has no sandbox of Codex's around it, and reaches the model's door", async () => {
        const log = await logOfCodex("auto", condition);
        expect(log).toContain('sandbox_mode="danger-full-access"');
        expect(log).toContain("the door is open");
      });

      test("is asked to end before it is killed when the job is cancelled", async () => {
        expect(await cancelled(condition)).toContain("asked\n");
      });
    });

    test("without it finds Codex's own sandbox", async () => {
      const log = await logOfCodex("process", condition);
      expect(log).toContain('sandbox_mode="read-only"');
      expect(log).toContain("the door is open");
    });

    test("reaches at least six of the twelve without it", async () => {
      const job = openJob(condition);
      const step = await job.work("process", TESTS);
      expect(resultOf(step).sandbox).toBe("process");
      const reached = job.reached();
      console.info(`\`process\` shows ${reached.length} of ${TRIES}: ${reached.join(", ")}.`);
      expect(reached.length).toBeGreaterThanOrEqual(6);
    });
  },
);

/** The log of a job that is cancelled while its agent waits to be asked to end. */
async function cancelled(condition: Condition): Promise<string> {
  const job = openPlainJob(condition);
  const patient = "trap 'echo as''ked; exit' TERM; echo re''ady; while :; do sleep 1000 & wait; done";
  const step = await job.run(
    { sandbox: "auto", command: `echo mended > cart.js; ${patient}` },
    (log, child) => log.includes("ready\n") && child.kill("SIGINT"),
  );
  expect(readFileSync(step.outputs["patch"] ?? "", "utf8")).toContain("+mended");
  return step.log;
}

describe.runIf(process.platform === "linux" && perlWorks())(
  "where user namespaces are refused, a job",
  () => {
    describe.runIf(isRoot && hasBubblewrap)("of an account with `sudo`", () => {
      test("has the wall, made by root: a hostile agent reaches none of the twelve", async () => {
        expect(await reachedIn(sudoAlone(makeTools()), "wall")).toEqual([]);
      });

      test("is asked to end before it is killed when it is cancelled", async () => {
        expect(await cancelled(sudoAlone(makeTools()))).toContain("asked\n");
      });
    });

    describe.runIf(limitedWallWorks())("with Landlock and without privileges", () => {
      test("has the limited wall, and a hostile agent reaches what the docs say, and nothing else", async () => {
        const reached = await reachedIn(pod(), "limited-wall");
        expect(reached.sort()).toEqual(openByTheDocs());
      });

      test.runIf(isRoot)("has it in a container as root, too, with somebody else behind it", async () => {
        const job = openJob(container());
        const step = await job.work("auto", TESTS);
        expect([step.code, resultOf(step).sandbox]).toEqual([0, "limited-wall"]);
        expect(job.reached().sort()).toEqual(openByTheDocs());
      });

      test("does not start Codex, whose own sandbox could not be built", async () => {
        const log = await logOfCodex("auto", pod());
        expect(log).toContain("::error::Codex does not work behind the limited wall");
        expect(log).not.toContain("sandbox_mode");
      });

      test("has one warning that the wall is a limited one", async () => {
        const step = await openPlainJob(pod()).run({ sandbox: "auto", command: "echo mended > cart.js" });
        expect(step.log.match(/^::warning::.*/gm)).toEqual([
          expect.stringMatching(/limited .*docs\/runners\.md .*\(bwrap: /),
        ]);
        expect(step.summary).toContain("limited wall: Landlock and seccomp");
      });
    });

    test("on a kernel without Landlock stops before the agent runs, and says how to go on", async () => {
      const job = openPlainJob(oldPod());
      const step = await job.run({ sandbox: "auto", command: "echo mended > cart.js" });
      expect([step.code, step.outputs["result"], job.read("cart.js")]).toEqual([1, "failed", "broken\n"]);
      expect(step.log).toMatch(/^::error::No wall .*\(bwrap: .*no Landlock.*`sandbox: process`/m);
    });
  },
);
