import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { givenInputs, inputVariable, parseInputs } from "@patchpilot/action-kit/contract";
import type { PackagedAgent } from "@patchpilot/action-repair/agents/install";
import { contract } from "@patchpilot/action-repair/contract";
import type { RepairPorts } from "@patchpilot/action-repair/ports";
import { run } from "@patchpilot/action-repair/run";
import { type RepairResult, repairResult } from "@patchpilot/incident";
import type { ModelStep, ScriptedModel } from "@patchpilot/simulators";
import { closeInternet } from "./closed-internet.ts";
import { KEY, MODELS } from "./facts.ts";
import { AGENT_PACKAGES, RIPGREP_FOLDER } from "./install-agents.ts";
import { writeLauncher } from "./launcher.ts";
import { serveModel } from "./serve-model.ts";
import { makeShop, type Shop } from "./shop.ts";

/** What `step: work` left behind, and what was asked meanwhile. */
export type AgentRepair = {
  readonly result: RepairResult;
  readonly patch: string;
  readonly log: string;
  readonly model: ScriptedModel;
  readonly shop: Shop;
  readonly wanted: readonly string[];
  readonly failure: string | undefined;
};

/** Runs `step: work` of the action in this process with a real agent; a hanging model is when the time is up. */
export async function runAgentRepair(
  name: PackagedAgent,
  script: readonly ModelStep[],
  props: { readonly inputs?: Readonly<Record<string, string>>; readonly evidence?: string } = {},
): Promise<AgentRepair> {
  const shop = makeShop();
  const internet = await closeInternet();
  const time = timeThatEnds();
  const { model, door } = await serveModel(script, shop, time.end);
  let log = "";
  try {
    const inputs = makeInputs(name, shop, { "model-url": door.url, ...props.inputs }, props.evidence);
    const machine = {
      PATH: `${process.env["PATH"]}:${AGENT_PACKAGES}:${RIPGREP_FOLDER}`,
      ...internet.variables,
    };
    const ports = makePorts(shop, machine, time.clock, (text) => {
      log += Buffer.from(text).toString("utf8");
    });
    const { outputs, failure } = await run(inputs, ports);
    const result = repairResult.parse(JSON.parse(readFileSync(outputs["result-file"], "utf8")));
    const patch = existsSync(outputs.patch) ? readFileSync(outputs.patch, "utf8") : "";
    // Behind the wall the action's own proxy refuses them before.
    const wanted = [...internet.wanted, ...(result.refusedAddresses ?? [])];
    return { result, patch, log, model, shop, wanted, failure };
  } finally {
    await door.close();
    await internet.close();
  }
}

function makeInputs(
  name: PackagedAgent,
  shop: Shop,
  more: Readonly<Record<string, string>>,
  evidence = "TypeError\n",
) {
  const write = (file: string, text: string): string => {
    writeFileSync(join(shop.scratch, file), text);
    return join(shop.scratch, file);
  };
  const given = {
    agent: name,
    "agent-path": writeLauncher(name, shop.scratch),
    "base-sha": shop.git("rev-parse", "HEAD").trim(),
    "prompt-file": write("prompt.md", "Issue 12, attempt 1. Look at total.js.\n"),
    "evidence-file": write("evidence.md", evidence),
    "task-file": write("task.json", JSON.stringify(TASK)),
    "test-command": "npm test",
    "model-plan": MODELS[name],
    "model-implement": MODELS[name],
    "anthropic-api-key": KEY,
    "openai-api-key": KEY,
    "model-api-key": KEY,
    // Behind the wall where it can be built; calls without one are tested by themselves.
    sandbox: "auto",
    ...more,
  };
  const variables = Object.entries(given).map(([input, value]) => [inputVariable(input), value]);
  return parseInputs(contract, givenInputs(contract, Object.fromEntries(variables)));
}

const TASK = { v: 1, key: "pp-77-12-a1", attempt: 1, issue: 12, autonomy: "draft-pr" };

function makePorts(
  shop: Shop,
  machine: Readonly<Record<string, string>>,
  clock: RepairPorts["clock"],
  writeLog: RepairPorts["writeLog"],
): RepairPorts {
  const temporaryFolder = join(shop.temporary, "runner");
  mkdirSync(temporaryFolder);
  return {
    workspace: shop.workspace,
    temporaryFolder,
    machine,
    secrets: [KEY],
    clock,
    cancelled: new AbortController().signal,
    writeLog,
    askVendor: async () => undefined,
    makeName: () => randomBytes(16).toString("hex"),
    node: process.execPath,
    user: `${process.getuid?.()}:${process.getgid?.()}`,
    processors: 2,
    thrownAway: false,
    emptyCommandFiles: () => {},
  };
}

/** The machine's clock, but for the end of the step's time, which comes on request, and waits for a model, which are over at once. */
function timeThatEnds(): { readonly clock: RepairPorts["clock"]; readonly end: () => void } {
  let strike = () => {};
  let skipped = 0;
  return {
    end: () => strike(),
    clock: {
      now: () => performance.now() + skipped,
      after: (milliseconds, act) => {
        if (milliseconds > 60_000) {
          strike = act;
          return () => {};
        }
        const waits = milliseconds >= 5_000;
        if (waits) skipped += milliseconds;
        const timer = setTimeout(act, waits ? 0 : milliseconds);
        return () => clearTimeout(timer);
      },
    },
  };
}
