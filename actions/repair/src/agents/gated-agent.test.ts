import { describe, expect, it } from "vitest";
import { openGatedAgent } from "./gated-agent.ts";
import { settingsOf, turnOf } from "./testing/agents.ts";

describe.each([
  ["claude-code", "ANTHROPIC_API_KEY"],
  ["codex", "OPENAI_API_KEY"],
] as const)("a gated %s", (name, variable) => {
  it("has a token instead of the key, and reaches the gate without a proxy", async () => {
    const { agent, close } = await openGatedAgent(name, settingsOf(), "intranet.example");
    const call = agent.callOf(turnOf());
    await close();
    expect(JSON.stringify(call)).not.toContain("secret");
    expect(call.env).toMatchObject({
      [variable]: expect.stringMatching(/^[0-9a-f]{64}$/),
      NO_PROXY: "intranet.example,127.0.0.1",
    });
  });

  it("has the key itself in a container, which does not reach this loopback", async () => {
    const { agent, close } = await openGatedAgent(
      name,
      settingsOf({ contained: true, reachesGate: false }),
      undefined,
    );
    const { env } = agent.callOf(turnOf());
    await close();
    expect(env[variable]).toMatch(/^sk-/);
  });
});
