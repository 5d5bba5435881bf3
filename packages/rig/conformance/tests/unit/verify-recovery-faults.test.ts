import { nameAction } from "@patchpilot/owner";
import { describe, expect, test } from "vitest";
import {
  type FailingApp,
  findState,
  openFixedApp,
  stateAndPhase,
  writesOfNextLook,
} from "../../worlds/live-app.ts";
import { openWire } from "../../worlds/run-actions.ts";

/** A connection on which everything is written but the last step: the issue is neither closed nor reopened. */
function withoutLastStep({ test: world }: FailingApp): typeof fetch {
  const send = openWire(world);
  return (input, init = {}) => {
    const body =
      typeof init.body === "string" && init.body.includes("mutation") ? JSON.parse(init.body) : undefined;
    if (body === undefined) return send(input, init);
    const query = (body as { query: string }).query
      .replace(/\n {2}m\d+: (?:close|reopen)Issue[^\n]*/g, "")
      .replace(/(?:, )?\$i\d+: (?:Close|Reopen)IssueInput!/g, "");
    return send(input, { ...init, body: JSON.stringify({ ...(body as object), query }) });
  };
}

describe("a run that stops half-way", () => {
  test("between the record and the close is finished by the next one", async () => {
    const production = await openFixedApp(6);
    const { lines } = await production.verify({ fetch: withoutLastStep(production) });
    expect(lines.some(({ level }) => level === "warning")).toBe(true);
    expect(findState(production).state).toBe("open");
    expect(await writesOfNextLook(production)).toBe(1);
    expect(findState(production)).toEqual({ state: "closed", reason: "completed" });
    expect(await writesOfNextLook(production)).toBe(0);
  });

  test("between the record and the close closes nothing whose errors have come back since", async () => {
    const production = await openFixedApp(6);
    await production.verify({ fetch: withoutLastStep(production) });
    production.goOn(12, { crashEvery: 20 });
    expect((await production.verify()).outputs.closed).toEqual([]);
    expect(findState(production).state).toBe("open");
  });

  test("between the record and the reopening is finished by the next one", async () => {
    const production = await openFixedApp(6);
    await production.verify();
    production.goOn(25, { crashEvery: 20 });
    await production.verify({ fetch: withoutLastStep(production) });
    expect(findState(production).state).toBe("closed");
    expect(await writesOfNextLook(production)).toBe(1);
    expect(stateAndPhase(production)).toEqual(["open", "accepted"]);
    expect(await writesOfNextLook(production)).toBe(0);
  });

  test("leaves an incident alone whose records are newer than this action, and says so", async () => {
    const production = await openFixedApp(5);
    const { comments } = production.test.world.repository("acme/shop");
    const bot = production.test.world.as("github-actions[bot]");
    for (const { id, body } of comments.list().filter((comment) => comment.body.includes("kind=incident")))
      bot.editComment(id, body.replace("patchpilot:v1", "patchpilot:v2"));
    const { lines, outputs } = await production.verify({ inputs: { "state-key": "" } });
    expect(outputs.decisions).toEqual([]);
    expect(lines.map(({ text }) => text).join()).toContain(
      `version 2; upgrade ${nameAction("verify-recovery")}`,
    );
  });
});
