import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { bubblewrapWorks } from "./support/bubblewrap-works.ts";
import { type HostileJob, openHostileJob, TRIES } from "./support/hostile/open-hostile-job.ts";
import { openRepairJob, type RepairStep } from "./support/repair-job.ts";

/** A job of another account can be made by root alone. */
const ACCOUNTS: readonly (readonly [string, number | undefined])[] =
  process.getuid?.() === 0
    ? [
        ["root", undefined],
        ["uid 1001", 1001],
      ]
    : [["the account of the tests", undefined]];

const opened: Pick<HostileJob, "close">[] = [];
afterEach(() => {
  for (const job of opened.splice(0)) job.close();
});

function openJob(account: number | undefined): HostileJob {
  const job = openHostileJob(account);
  opened.push(job);
  return job;
}

const resultOf = ({ outputs }: RepairStep) => JSON.parse(readFileSync(outputs["result-file"] ?? "", "utf8"));

/** Stands for Codex: says how it was called, and whether the model can be asked. */
const CODEX = `#!/bin/bash
printf '%s\\n' "$@"
[[ "$*" =~ http://127.0.0.1:([0-9]+) ]] && exec 3<>"/dev/tcp/127.0.0.1/\${BASH_REMATCH[1]}" && echo the door is open
`;

async function logOfCodex(sandbox: string, account: number | undefined): Promise<string> {
  const job = openRepairJob({ "cart.js": "broken\n" }, account);
  opened.push({ close: job.remove });
  const path = join(job.tools, "bin", "codex");
  writeFileSync(path, CODEX, { mode: 0o755 });
  const inputs = { agent: "codex", "agent-path": path, "openai-api-key": "sk-0123456789abcdef", sandbox };
  return (await job.run(inputs)).log;
}

const TESTS = "sh check.sh";

describe.runIf(process.platform === "linux").each(ACCOUNTS)(
  "a hostile agent in a job of %s",
  (_, account) => {
    describe.runIf(bubblewrapWorks())("behind the wall", () => {
      test("reaches none of the twelve, and its change is kept", async () => {
        const job = openJob(account);
        const step = await job.work("auto", TESTS);
        expect([step.code, step.outputs["result"], resultOf(step).sandbox]).toEqual([0, "patch", "wall"]);
        expect(job.reached()).toEqual([]);
        expect(readFileSync(step.outputs["patch"] ?? "", "utf8")).toContain("+mended");
        expect(step.summary).toContain("wall: bubblewrap");
      });

      test("leaves green tests green and red ones red", async () => {
        const job = openJob(account);
        const work = await job.work("auto", TESTS);
        const green = await job.verify("auto", work, TESTS);
        expect([green.code, green.outputs["result"], resultOf(green).sandbox]).toEqual([0, "patch", "wall"]);
        const red = await job.verify("auto", work, "exit 3");
        expect([red.code, red.outputs["result"], resultOf(red).checks.at(-1).exitCode]).toEqual([
          1,
          "failed",
          3,
        ]);
        expect(job.reached()).toEqual([]);
      });

      test("has no sandbox of Codex's around it, and reaches the model's door", async () => {
        const log = await logOfCodex("auto", account);
        expect(log).toContain('sandbox_mode="danger-full-access"');
        expect(log).toContain("the door is open");
      });

      test("is asked to end before it is killed when the job is cancelled", async () => {
        const job = openRepairJob({ "cart.js": "broken\n" }, account);
        opened.push({ close: job.remove });
        const patient = "trap 'echo as''ked; exit' TERM; echo re''ady; while :; do sleep 1000 & wait; done";
        const step = await job.run(
          { sandbox: "auto", command: `echo mended > cart.js; ${patient}` },
          (log, child) => log.includes("ready\n") && child.kill("SIGINT"),
        );
        expect(step.log).toContain("asked\n");
        expect(readFileSync(step.outputs["patch"] ?? "", "utf8")).toContain("+mended");
      });
    });

    test("has one warning before it if bubblewrap does not work", async () => {
      const job = openRepairJob({ "cart.js": "broken\n" }, account);
      opened.push({ close: job.remove });
      const refuse = "#!/bin/sh\necho 'bwrap: no namespaces here' >&2\nexit 1\n";
      writeFileSync(join(job.tools, "bin", "bwrap"), refuse, { mode: 0o755 });
      const step = await job.run({ sandbox: "auto", command: "echo mended > cart.js" });
      expect(step.log.match(/^::warning::.*/gm)).toEqual([
        expect.stringMatching(/No wall .*\(bwrap: no namespaces here\)\. .*docs\/runners\.md/),
      ]);
      expect(resultOf(step)).toMatchObject({
        sandbox: "process",
        noWall: expect.stringContaining("No wall"),
      });
      expect(step.summary).toContain("process: no wall");
    });

    test("without it finds Codex's own sandbox", async () => {
      const log = await logOfCodex("process", account);
      expect(log).toContain('sandbox_mode="read-only"');
      expect(log).toContain("the door is open");
    });

    test("reaches at least six of the twelve without it", async () => {
      const job = openJob(account);
      const step = await job.work("process", TESTS);
      expect(resultOf(step).sandbox).toBe("process");
      const reached = job.reached();
      console.info(`\`process\` shows ${reached.length} of ${TRIES}: ${reached.join(", ")}.`);
      expect(reached.length).toBeGreaterThanOrEqual(6);
    });
  },
);
