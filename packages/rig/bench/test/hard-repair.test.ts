/** One repair against much of what goes wrong in one day, with the bundled actions on the embedded runner. */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { REPOSITORY } from "@patchpilot/build/repository";
import { testGit } from "@patchpilot/git/testing";
import { type RepairResult, repairResult } from "@patchpilot/incident";
import { createScriptedModel, listen, VirtualClock } from "@patchpilot/simulators";
import { strFromU8, unzipSync } from "fflate";
import { expect, onTestFinished, test } from "vitest";
import { openRepairStage, type RepairStage } from "../src/actions/repair/repair-stage.ts";
import { BENCH_NAMES } from "../src/actions/stage.ts";
import { openRegistry } from "./support/open-registry.ts";

const KEY = "sk-ant-scripted-0123456789abcdef";
const HERE = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** As many refusals as the gate's own pauses make of three minutes: 5, 10 and 20 seconds, and 30 five times. */
const THREE_MINUTES_OF_529 = 8;

const makeFiles = (registry: string): Readonly<Record<string, string>> => ({
  "package.json": '{ "name": "shop", "private": true, "type": "module" }\n',
  "pnpm-workspace.yaml": "packages: [packages/*]\ncatalog:\n  times: 1.0.0\n",
  ".npmrc": `registry=${registry}\n`,
  ".gitignore": "node_modules\npnpm-lock.yaml\n",
  "packages/cart/package.json":
    '{ "name": "cart", "type": "module", "dependencies": { "times": "catalog:" } }\n',
  "packages/cart/total.js":
    'import { times } from "times";\nexport const total = (cart) => times(cart.price, cart.amount);\n',
  "packages/cart/total.test.js": [
    'import assert from "node:assert";',
    'import { test } from "node:test";',
    'import { total } from "./total.js";',
    'test("two at three", () => assert.equal(total({ price: 3, amount: 2 }), 6));',
    "",
  ].join("\n"),
  "packages/tax/package.json": '{ "name": "tax", "type": "module" }\n',
  "packages/tax/tax.test.js":
    'import assert from "node:assert";\nimport { test } from "node:test";\ntest("the year", () => assert.equal(2026, 2025));\n',
});

/** pnpm, where `npm run setup` has left it, and the scripted agent. @returns the folder of both */
function makePrograms(root: string): string {
  const bin = join(root, "bin");
  mkdirSync(bin);
  const { packageManager } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  const find = ["--offline", "--yes", `--package=${packageManager}`, "--call", "command -v pnpm"];
  symlinkSync(execFileSync("npx", find, { cwd: REPOSITORY }).toString().trim(), join(bin, "pnpm"));
  copyFileSync(HERE("support/scripted-agent.mjs"), join(bin, "scripted-agent"));
  chmodSync(join(bin, "scripted-agent"), 0o755);
  return bin;
}

async function openHardDay() {
  const root = mkdtempSync(join(tmpdir(), "hard-repair-"));
  const registry = await openRegistry(root, "times", {
    "1.0.0": "export const times = (a, b) => a * b;\n",
    "1.1.0": "export const times = (a, b) => a * b;\nexport const orOne = (amount) => amount ?? 1;\n",
  });
  const model = createScriptedModel({
    clock: new VirtualClock("2026-03-02T18:00:00Z"),
    key: KEY,
    cwd: "/",
    script: [
      { say: "QUESTION: How many does a cart hold that names no amount?" },
      { say: "1. A cart without an amount holds one." },
      { say: "A cart without an amount holds one now." },
    ],
  });
  const door = await listen(model);
  const bin = makePrograms(root);
  const repair = await openRepairStage({
    agent: "",
    tests: "node --test packages/*/*.test.js",
    sandbox: "process",
    inputs: { "agent-path": join(bin, "scripted-agent") },
    vars: {
      PATCHPILOT_AGENT: "claude-code",
      PATCHPILOT_MODEL_URL: door.url,
      PATCHPILOT_SETUP_COMMAND: "pnpm install --no-frozen-lockfile",
    },
    secrets: { ANTHROPIC_API_KEY: KEY },
    dispatchInputs: { "max-attempts": "1" },
    files: makeFiles(registry.url),
    path: [bin, "/usr/local/bin", "/usr/bin", "/bin"],
  });
  onTestFinished(async () => {
    await Promise.all([repair.close(), door.close(), registry.close()]);
    rmSync(root, { recursive: true, force: true });
  });
  return { repair, model };
}

/** Loses the replies to the branch and to the pull request, each once. @returns how many are lost so far */
function loseRepliesAtPublish({ stage }: RepairStage): () => number {
  const left = new Set(["/git/refs", "/pulls"]);
  stage.breakGitHub(({ method, path, body }) => {
    const found = [...left].find((end) => method === "POST" && path.endsWith(end));
    if (found === undefined || (found === "/git/refs" && !body.includes("refs/heads/"))) return undefined;
    left.delete(found);
    return { kind: "drop-after" };
  });
  return () => 2 - left.size;
}

const repositoryOf = ({ stage }: RepairStage) => stage.world.repository(BENCH_NAMES.repository);
const commentsOn = (repair: RepairStage): string =>
  repositoryOf(repair)
    .comments.listGroup(repair.issue)
    .map(({ body }) => body)
    .join("\n");

const pullsOf = (repair: RepairStage) =>
  repositoryOf(repair)
    .issues.list()
    .filter(({ pull }) => pull !== null);

const jobsOf = ({ runner }: RepairStage): string[] =>
  (runner.runs.at(-1)?.jobs ?? []).map(({ key, conclusion }) => `${key.split("/").at(-1)}: ${conclusion}`);

/** Paths that the pull request changes. */
function readChanged(repair: RepairStage): string[] {
  const { baseOid = "", headOid = "" } = pullsOf(repair)[0]?.pull ?? {};
  const diff = ["diff", "--name-only", baseOid, headOid];
  return testGit(repair.gitDirectory)(diff).toString().trim().split("\n");
}

/** What `work` came to in each run, by the run's artifacts. */
const readResults = (repair: RepairStage): RepairResult[] =>
  repositoryOf(repair)
    .artifacts.list()
    .filter(({ name }) => name === "patch")
    .map(({ archive }) =>
      repairResult.parse(JSON.parse(strFromU8(unzipSync(archive)["result.json"] ?? new Uint8Array()))),
    );

test("a question, three minutes of 529, a red base, caches, a catalog and lost replies: one pull request, attempt and bill", async () => {
  const { repair, model } = await openHardDay();
  await repair.dispatch();
  // The question is read from the run's artifacts once it has ended.
  repair.stage.clock.advance(31 * 60_000);
  await repair.dispatch();
  expect(commentsOn(repair)).toContain("How many does a cart hold that names no amount");
  expect(repair.runner.runs).toHaveLength(1);

  repair.stage.clock.advance(1_000);
  repair.stage.world.as("maintainer").comment(repair.issue, "/patchpilot answer One.");
  const lost = loseRepliesAtPublish(repair);
  let refused = 0;
  model.faults = () => {
    if (model.asked.length < 2 || refused >= THREE_MINUTES_OF_529) return undefined;
    refused += 1;
    return { kind: "reply", status: 529, body: "{}", headers: { "retry-after-ms": "1" } };
  };
  await repair.dispatch();
  expect([refused, lost()]).toEqual([THREE_MINUTES_OF_529, 2]);
  expect(jobsOf(repair)).toEqual(["gate: success", "work: success", "verify: success", "publish: success"]);

  // One attempt is all there is: a second one that counts would end the incident, and the question was none.
  repair.stage.clock.advance(31 * 60_000);
  await repair.dispatch();
  expect(repair.runner.runs).toHaveLength(2);
  const [pull, ...others] = pullsOf(repair);
  expect(others).toEqual([]);
  expect(pull?.body).toMatch(/\*\*Reproduced/);
  expect(readChanged(repair)).toEqual([
    "packages/cart/total.js",
    "packages/cart/total.test.js",
    "pnpm-workspace.yaml",
  ]);
  const [question, fix] = readResults(repair);
  expect(fix?.reason).toBe("Red on the base already, for 1 test; the patch makes none red that was not.");
  expect(fix?.notes.join("\n")).toContain("(.aider, .pytest_cache, __pycache__, packages/cart/.turbo)");
  // Each answer of the model is billed once, in the run that asked for it; what was refused costs nothing.
  const nothing = { cacheRead: 0, cacheWritten: 0 };
  expect([question?.usage, fix?.usage]).toEqual([
    [{ model: "scripted-1", requests: 1, input: 1_000, output: 100, ...nothing }],
    [{ model: "scripted-1", requests: 2, input: 2_000, output: 200, ...nothing }],
  ]);
  expect([model.left(), model.violations, repair.stage.violations()]).toEqual([0, [], []]);
});
