import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { describe, expect, it } from "vitest";
import { dispatch, impact } from "../../worlds/run-actions.ts";
import { addIncident, createTestWorld, talk } from "../../worlds/world.ts";

describe("an incident that people talk about much", () => {
  it("is dispatched, though its record is not among the comments that are read at first", async () => {
    const test = createTestWorld();
    const issue = addIncident(test, {}, 12);
    talk(test, issue, 45);
    expect((await impact(test, { runId: 1 })).outputs.incidents).toMatchObject([{ issue }]);
    expect((await dispatch(test, { runId: 2 })).outputs.dispatched).toMatchObject([{ issue, attempt: 1 }]);
    expect((await dispatch(test, { runId: 3 })).outputs.dispatched).toEqual([]);
  });
});

describe("a person's command that many changes of labels followed", () => {
  it("vouches for the incident still", async () => {
    const test = createTestWorld();
    const issue = addIncident(test, { severity: "low" });
    test.world.as("maya").label(issue, "patchpilot:take-on");
    const bot = test.world.as(GITHUB_ACTIONS_BOT.login);
    for (let change = 0; change < 20; change += 1) {
      bot.label(issue, "flaky");
      bot.unlabel(issue, "flaky");
    }
    const inputs = { "min-severity": "high" };
    expect((await dispatch(test, { runId: 1, inputs })).outputs.dispatched).toMatchObject([{ issue }]);
  });
});
