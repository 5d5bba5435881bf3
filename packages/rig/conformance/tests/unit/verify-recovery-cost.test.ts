import { phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { DAY } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { type FailingApp, openFailingApp, openRepairedApp } from "../../worlds/live-app.ts";

/** What one look cost: requests by provider. `npm run bench` measures the time. */
async function costOf(production: FailingApp) {
  const { test, sentry, vercel } = production;
  const providers = { github: test.simulator, sentry, vercel };
  for (const { requests } of Object.values(providers)) requests.length = 0;
  let probes = 0;
  const { outputs } = await production.verify({
    inputs: { "health-url": "https://shop.example/health" },
    probe: async () => {
      probes += 1;
      return { state: "healthy", reason: "It answered 200." };
    },
  });
  const requests = Object.fromEntries(
    Object.entries(providers).map(([name, { requests }]) => [name, requests.length]),
  ) as Record<keyof typeof providers, number>;
  return { outputs, ...requests, probes };
}

describe("the cost of a look", () => {
  test("that closes 50 incidents is 16 requests to GitHub, 12 to Sentry, 6 to Vercel and the app", async () => {
    const production = await openRepairedApp(50);
    production.goOn(1);
    await production.verify();
    production.goOn(8);
    const { outputs, github, sentry, vercel, probes } = await costOf(production);
    expect(outputs.closed).toHaveLength(50);
    expect({ github, sentry, others: vercel + probes }).toEqual({
      github: expect.toSatisfy((count) => count <= 16),
      sentry: expect.toSatisfy((count) => count <= 12),
      others: expect.toSatisfy((count) => count <= 6),
    });
  });

  test("that closes 50 incidents beside ten errors that say the same is at most 40 requests", async () => {
    const production = await openRepairedApp(50);
    const from = production.test.clock.now();
    production.goOn(1);
    await production.verify();
    production.goOn(8);
    const old = { until: production.test.clock.now(), release: "old", sessions: 0, crashEvery: 20 };
    for (let other = 0; other < 10; other += 1)
      production.live({ ...old, from: from - 3 * DAY, place: `old${other}` });
    const { outputs, github, sentry, vercel, probes } = await costOf(production);
    expect(outputs.closed).toHaveLength(50);
    expect(github + sentry + vercel + probes).toBeLessThanOrEqual(40);
  });

  test("with 1,000 open incidents and none to serve is three requests", async () => {
    const production = openFailingApp();
    const { world, clock } = production.test;
    world.as("maya").closeIssue(production.issue, "not_planned");
    for (let count = 0; count < 1_000; count += 1) {
      const { number } = world.as("sentry[bot]").openIssue({ title: "Error", body: "Sentry Issue" });
      world.as(GITHUB_ACTIONS_BOT.login).label(number, UMBRELLA_LABEL, phaseLabel("needs-human"));
    }
    clock.advance(3 * 86_400_000);
    const { github, sentry, vercel, probes } = await costOf(production);
    expect(github).toBeLessThanOrEqual(3);
    expect([sentry, vercel, probes]).toEqual([0, 0, 0]);
  });
});
