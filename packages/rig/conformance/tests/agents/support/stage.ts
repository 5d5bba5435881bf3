import type { AgentExit, AgentReport, AgentTurn } from "@patchpilot/action-repair/agents/agent";
import { openGatedAgent } from "@patchpilot/action-repair/agents/gated-agent";
import type { PackagedAgent } from "@patchpilot/action-repair/agents/install";
import { openDoor } from "@patchpilot/action-repair/network/door";
import type { ModelStep, ScriptedModel } from "@patchpilot/simulators";
import { closeInternet } from "./closed-internet.ts";
import { KEY, MODELS } from "./facts.ts";
import { hurriedClock } from "./hurried-clock.ts";
import { findCommandLine } from "./install-agents.ts";
import { runAgentCall } from "./run-call.ts";
import { serveModel } from "./serve-model.ts";
import { makeShop, type Shop } from "./shop.ts";

/** A real agent before a scripted model, in a shop of its own, with no other way out. */
export type AgentStage = {
  readonly shop: Shop;
  readonly model: ScriptedModel;
  /** Hosts other than the model that the agent wanted. */
  readonly wanted: readonly string[];
  /** Whom the gate waited for, and how long: seconds that nobody spent. */
  readonly waited: readonly { readonly status: number; readonly milliseconds: number }[];
  readonly take: (turn?: Partial<AgentTurn>) => Promise<AgentReport & { readonly exit: AgentExit }>;
  readonly close: () => Promise<void>;
};

/** @param props.key the key that the workflow gave, where it is not the right one */
export async function setStage(
  name: PackagedAgent,
  script: readonly ModelStep[],
  props: { readonly key?: string; readonly launcher?: readonly [string, ...string[]] } = {},
): Promise<AgentStage> {
  const { key = KEY, launcher = [] } = props;
  const shop = makeShop();
  const internet = await closeInternet();
  let hangs = () => {};
  const timeIsUp = new Promise<void>((resolve) => {
    hangs = resolve;
  });
  const { model, door } = await serveModel(script, shop, () => hangs());
  const waited: AgentStage["waited"][number][] = [];
  const commandLine = [...launcher, ...findCommandLine(name)];
  const { agent, close } = await openAgent(name, commandLine, {
    ...{ shop, key, modelUrl: door.url },
    onWait: (each) => waited.push(each),
  });
  const variables = {
    PATH: process.env["PATH"] ?? "",
    HOME: shop.home,
    TMPDIR: shop.temporary,
    CI: "true",
    ...internet.variables,
  };
  return {
    shop,
    model,
    wanted: internet.wanted,
    waited,
    take: async (turn = {}) => {
      const call = agent.makeCall({ ...FIRST_TURN, model: MODELS[name], ...turn });
      const exit = await runAgentCall(call, { cwd: shop.workspace, variables, timeIsUp });
      return { ...agent.readReport(exit), exit };
    },
    close: async () => {
      await close();
      await door.close();
      await internet.close();
      shop.remove();
    },
  };
}

type OpenFacts = {
  readonly shop: Shop;
  readonly key: string;
  readonly modelUrl: string;
  readonly onWait: (waited: AgentStage["waited"][number]) => void;
};

function openAgent(
  name: PackagedAgent,
  [first, ...rest]: readonly string[],
  { shop, key, modelUrl, onWait }: OpenFacts,
) {
  return openGatedAgent(
    name,
    {
      commandLine: [String(first), ...rest],
      scratch: shop.scratch,
      task: shop.scratch,
      keys: { anthropic: key, openai: key, model: key },
      modelUrl,
      model: MODELS[name],
      tools: ["edit", "run-checks"],
      checks: ["npm test"],
      contained: false,
      findsKey: false,
    },
    (server) => openDoor(server, { host: "127.0.0.1" }),
    undefined,
    { clock: hurriedClock(), onWait },
    { prices: { models: new Map() }, maxUsd: undefined },
  );
}

const FIRST_TURN = {
  stage: "implement",
  prompt: "Repair the total.",
  maxCostUsd: undefined,
  maxTurns: 40,
  session: undefined,
} as const;
