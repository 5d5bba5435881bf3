import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openRepairJob, type RepairJob } from "./support/repair-job.ts";

const BASE = { "cart.js": "broken\n", "check.sh": "grep -q mended cart.js\n" };
const MEND = "echo mended > cart.js";
const TESTED = { "test-command": "sh check.sh" };

function openJob(): RepairJob {
  const job = openRepairJob(BASE);
  onTestFinished(job.remove);
  return job;
}

const sha256Of = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("the bundle of repair", () => {
  test("leaves a patch, its digest and a result", async () => {
    const job = openJob();
    const { code, outputs } = await job.run({ ...TESTED, command: MEND });
    expect([code, outputs["result"]]).toEqual([0, "patch"]);
    expect(outputs["patch-sha256"]).toBe(sha256Of(outputs["patch"] ?? ""));
    const result = JSON.parse(readFileSync(outputs["result-file"] ?? "", "utf8"));
    expect(result).toMatchObject({ v: 1, step: "work", recipe: "fix-incident", sandbox: "process" });
  });

  test("gives an agent nothing of the runner's, and drops what it writes into the runner's files", async () => {
    const job = openJob();
    const forge = `for file in '${job.commandFiles}'/*; do echo 'patch-sha256=forged' >> "$file"; echo forged >> "$file"; done`;
    const spy = "env | grep -E '^(GITHUB|RUNNER|ACTIONS|INPUT)_' > seen || true";
    const { code, outputs } = await job.run({ ...TESTED, command: `${MEND}\n${spy}\n${forge}` });
    expect([code, job.read("seen")]).toEqual([0, ""]);
    expect(outputs["patch-sha256"]).toBe(sha256Of(outputs["patch"] ?? ""));
    expect([job.variables(), job.summary()]).toEqual(["", expect.not.stringContaining("forged")]);
  });

  test.runIf(process.platform === "linux")("shows an agent no secret of the job in any process", async () => {
    const job = openJob();
    const spy =
      "cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -E 'runtime-token|npm-secret' > seen || true";
    const { code } = await job.run({
      ...TESTED,
      command: `${MEND}\n${spy}`,
      "npm-token": "npm-secret-0123456789",
    });
    expect([code, job.read("seen")]).toEqual([0, ""]);
  });

  test("loads nothing of its own that an agent could have written", async () => {
    const job = openJob();
    const taken = join(job.root, "taken");
    const code = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(taken)}, "");`;
    const write = `for file in '${job.bundle}'/*.js; do echo '${code}' > "$file"; done`;
    const { code: status, outputs } = await job.run({ ...TESTED, command: `${MEND}\n${write}` });
    expect([status, outputs["result"], existsSync(taken)]).toEqual([0, "patch", false]);
  });

  test("saves what was done when the job is cancelled", async () => {
    const job = openJob();
    const { code, outputs, log } = await job.run(
      { ...TESTED, command: `${MEND}; trap '' TERM INT; echo re''ady; while :; do sleep 1000; done` },
      (said, child) => said.includes("ready\n") && child.kill("SIGINT"),
    );
    expect([code, outputs["result"], readFileSync(outputs["patch"] ?? "", "utf8")]).toEqual([
      1,
      "failed",
      expect.stringContaining("+mended"),
    ]);
    expect(log).toContain("::error::The job was cancelled. The work so far is saved.");
  });

  test("has saved the agent's change when it is killed while the tests run", async () => {
    const job = openJob();
    const { code, outputs } = await job.run(
      { command: MEND, "test-command": "echo re''ady; while kill -0 $PPID; do sleep 0.05; done" },
      (said, child) => said.includes("ready\n") && child.kill("SIGKILL"),
    );
    const saved = (name: string) => readFileSync(join(job.root, "temp", "patchpilot-repair", name), "utf8");
    expect([code, outputs["result"]]).toEqual([null, undefined]);
    expect(saved("change.patch")).toContain("+mended");
    expect(JSON.parse(saved("result.json"))).toMatchObject({
      result: "failed",
      patch: { files: expect.any(Array) },
    });
  });

  test("is red where the tests are, whatever the tested code writes", async () => {
    const job = openJob();
    const work = await job.run({ command: "echo worse > cart.js" });
    const fresh = openJob();
    const forge = `echo "result=patch" | tee -a '${fresh.commandFiles}'/*; echo '::set-output name=result::patch'; grep -q broken cart.js`;
    const { code, outputs } = await fresh.run({
      step: "verify",
      patch: work.outputs["patch"] ?? "",
      "patch-sha256": work.outputs["patch-sha256"] ?? "",
      "test-command": forge,
    });
    expect([code, outputs["result"]]).toEqual([1, "failed"]);
  });

  test("tells the proof by how a step ends, whatever the tested code writes", async () => {
    const work = await openJob().run({ ...TESTED, command: MEND });
    const job = openJob();
    const forged = JSON.stringify({ proof: { level: "proven" } });
    const result = join(job.root, "temp", "patchpilot-repair", "result.json");
    const forge = `echo "result=proven" | tee -a '${job.commandFiles}'/*; echo '${forged}' > '${result}'; sh check.sh`;
    const verified = await job.run({
      step: "verify",
      patch: work.outputs["patch"] ?? "",
      "patch-sha256": work.outputs["patch-sha256"] ?? "",
      "test-command": forge,
    });
    const proof = await job.run({ step: "proof", "require-proof": "reproduced" });
    expect([verified.code, proof.code]).toEqual([0, 1]);
    expect(proof.log).toContain("and this step asks for reproduced.");
  });

  test("refuses inputs that it does not have before it runs anything", async () => {
    const job = openJob();
    const { code, log } = await job.run({
      command: `touch '${join(job.root, "ran")}' "\${HOME}"`,
      "max-turn": "3",
      "sentry-org": "acme",
      "model-url": "https://${HOST}/v1",
    });
    expect(log).toMatch(
      /::error::3 inputs are wrong\. `max-turn` .* `max-turns`\. `sentry-org` .* `intake`.*`model-url: \$\{\{ vars\.HOST \}\}`/,
    );
    expect([code, existsSync(join(job.root, "ran"))]).toEqual([1, false]);
  });

  test("names every missing thing before it runs anything", async () => {
    const job = openJob();
    const { code, log } = await job.run({
      command: `touch '${join(job.root, "ran")}'`,
      "max-turns": "many",
      sandbox: "box",
    });
    expect(log).toMatch(/::error::2 inputs are wrong\. Input `max-turns` .* Input `sandbox` /);
    expect([code, existsSync(join(job.root, "ran"))]).toEqual([1, false]);
  });
});
