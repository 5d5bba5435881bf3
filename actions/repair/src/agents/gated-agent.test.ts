import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDoor } from "../network/door.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { openGatedAgent } from "./gated-agent.ts";
import { makeSettings, makeTurn } from "./testing/agents.ts";

const MONEY = { prices: { models: new Map() }, maxUsd: undefined };
const NO_KEYS = { anthropic: undefined, openai: undefined, model: undefined };
const scratch = mkdtempSync(join(tmpdir(), "patchpilot-gated-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const PATIENCE = { clock: fakeClock(), onWait: () => {} };

describe.each([
  ["claude-code", "ANTHROPIC_API_KEY"],
  ["codex", "OPENAI_API_KEY"],
  ["opencode", "MODEL_API_KEY"],
] as const)("a gated %s", (name, variable) => {
  it.each([
    ["beside the key", makeSettings({ scratch, modelUrl: "https://model.example" })],
    [
      "if the workflow gave no key",
      makeSettings({ scratch, keys: NO_KEYS, modelUrl: "https://model.example" }),
    ],
  ])("has a token, and reaches the gate without a proxy, %s", async (_, settings) => {
    const { agent, close } = await openGatedAgent(
      name,
      settings,
      (server) => openDoor(server, { host: "127.0.0.1" }),
      "intranet.example",
      PATIENCE,
      MONEY,
    );
    const call = agent.makeCall(makeTurn());
    await close();
    expect(JSON.stringify(call)).not.toContain("secret");
    expect(call.env).toMatchObject({
      [variable]: expect.stringMatching(/^[0-9a-f]{64}$/),
      NO_PROXY: "intranet.example,127.0.0.1",
    });
  });
});

describe.each([
  ["claude-code", "ANTHROPIC_API_KEY"],
  ["codex", "OPENAI_API_KEY"],
] as const)("%s without a gate", (name, variable) => {
  it("asks by itself if the machine's variables are all that may hold a key", async () => {
    const settings = makeSettings({ keys: NO_KEYS, findsKey: true });
    const { agent } = await openGatedAgent(
      name,
      settings,
      () => Promise.reject(new Error("opened")),
      "",
      PATIENCE,
      MONEY,
    );
    expect(agent.makeCall(makeTurn()).env).not.toHaveProperty(variable);
  });
});
