import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import {
  type FailingApp,
  findHead,
  findState,
  openFailingApp,
  openFixedApp,
  type Teller,
} from "../../worlds/live-app.ts";
import { readComments } from "../../worlds/scenario.ts";

describe("a newcomer with nothing but a GitHub token and a Sentry token", () => {
  test.each<[Teller, string]>([
    ["github", "GitHub Deployments"],
    ["releases", "Sentry releases"],
  ])("has a loop that closes, told by %s", async (teller, name) => {
    const production = openFailingApp({ teller });
    const fix = await production.repair();
    production.goOn(1, { crashEvery: 20 });
    expect((await production.verify()).outputs.waiting).toEqual([production.issue]);
    production.deploy(fix);
    production.goOn(6);
    const { outputs, failure } = await production.verify();
    expect([outputs.closed, failure]).toEqual([[production.issue], undefined]);
    expect(readComments(production.test, production.issue)).toContain(`(${name})`);
  });

  test("is told once what is missing, with its remedy", async () => {
    const production = openFailingApp({ teller: "nothing" });
    await production.repair();
    for (let hour = 0; hour < 3; hour += 1) {
      production.goOn(1, { crashEvery: 20 });
      await production.verify();
    }
    const comments = readComments(production.test, production.issue);
    const telling = comments
      .split(/(?<=<!-- patchpilot:v1 .* -->)\n\n/)
      .filter((part) =>
        /Name what is deployed: vercel-token, GitHub Deployments, Sentry releases/.test(part),
      );
    // The status says what the newest verdict says, and no turn of a person is made of it.
    expect(telling.map((part) => /kind=(\S+) /.exec(part)?.[1])).toEqual(["incident", "recovery/1"]);
    expect(comments.match(/kind=recovery/g)).toHaveLength(1);
    expect(comments).toContain("kind=recovery/1 seq=1 ");
  });

  test("may name the live commit by hand", async () => {
    const production = openFailingApp({ teller: "nothing" });
    const fix = await production.repair();
    const inputs = { "deployed-sha": fix };
    production.goOn(0);
    await production.verify({ inputs });
    production.deploy(fix);
    production.goOn(6);
    expect((await production.verify({ inputs })).outputs.closed).toEqual([production.issue]);
  });

  test("is told how to name the live commit where it is no full SHA", async () => {
    const production = openFailingApp({ teller: "nothing" });
    await expect(production.verify({ inputs: { "deployed-sha": "main" } })).rejects.toThrow("all 40 digits");
  });

  test("may name the live commit by hand where GitHub knows of failed deployments only", async () => {
    const production = openFailingApp({ teller: "nothing" });
    const fix = await production.repair();
    const maya = production.test.world.as("maya");
    const { id } = maya.createDeployment({ ref: fix, environment: "production" });
    maya.setDeploymentStatus({ deploymentId: id, state: "failure" });
    production.goOn(1);
    const { outputs } = await production.verify({ inputs: { "deployed-sha": fix } });
    expect(outputs.decisions[0]?.checks[1]).toMatchObject({ name: "deployment", state: "no" });
    expect(outputs.decisions[0]?.checks[1]?.detail).toContain("live for");
  });

  test.each<Teller>(["vercel", "github", "releases"])(
    "is believed where it names the live commit by hand, whatever %s tells",
    async (teller) => {
      const production = openFailingApp({ teller });
      const fix = await production.repair();
      production.goOn(1);
      const inputs = { "deployed-sha": fix, "min-deploy-age-seconds": "0" };
      const { outputs } = await production.verify({ inputs });
      expect(outputs.decisions[0]?.checks[1]?.detail).toContain("(deployed-sha)");
    },
  );

  test("without Sentry learns what to set, and nothing closes", async () => {
    const production = await openFixedApp(6, { teller: "github" });
    const { outputs, failure } = await production.verify({ inputs: { "sentry-token": "" } });
    expect(outputs.decisions[0]?.reason).toContain("set sentry-token");
    expect([findState(production).state, failure]).toEqual(["open", undefined]);
  });
});

describe("GitHub Deployments", () => {
  test("that go back to an older commit are a rollback", async () => {
    const production = openFailingApp({ teller: "github" });
    const before = findHead(production);
    production.deploy(await production.repair());
    production.goOn(3);
    production.deploy(before);
    production.goOn(1, { crashEvery: 20 });
    const { outputs } = await production.verify();
    expect(outputs.decisions).toMatchObject([{ decision: "wait", verdict: "not-deployed" }]);
    expect(outputs.decisions[0]?.reason).toContain("went back to");
  });
});

describe("old clients", () => {
  /** The fix is live for some hours, in which clients of the release before it crash: half of all, and `left` of these at each hour. */
  async function withOldClients(
    hours: number,
    left: (hour: number) => number,
    crashEvery: number,
  ): Promise<FailingApp> {
    const production = openFailingApp({ teller: "github" });
    const release = findHead(production);
    production.deploy(await production.repair());
    let due = 0;
    for (let hour = 0; hour < hours; hour += 1) {
      const from = production.test.clock.now();
      const share = left(hour);
      due += (60 / crashEvery) * share;
      const crashes = Math.floor(due);
      due -= crashes;
      production.goOn(1, { sessions: 120 - 60 * share });
      production.live({
        from,
        until: from + HOUR,
        release,
        sessions: 60 * share,
        ...(crashes > 0 && { crashEvery: 60 / crashes }),
      });
    }
    return production;
  }
  const halfAway = (hour: number) => 0.5 ** (hour / 4);

  test("keep the old bug, and do not hold a good fix up while they leave", async () => {
    const production = await withOldClients(13, halfAway, 40);
    expect((await production.verify()).outputs.closed).toEqual([production.issue]);
  });

  test("are told apart by release even where they are loud", async () => {
    const production = await withOldClients(9, halfAway, 0.5);
    await production.verify();
    expect(production.sentry.requests.some(({ path }) => path.includes("groupBy=release&"))).toBe(true);
  });

  test("hold it up while they stay and crash as before, and are named with their share", async () => {
    const production = await withOldClients(12, () => 1, 20);
    const { outputs } = await production.verify();
    expect(outputs.waiting).toEqual([production.issue]);
    expect(outputs.decisions[0]?.reason).toMatch(/, which lacks the fix, still raises it\./);
    expect(readComments(production.test, production.issue)).toContain("50 % of the traffic is theirs");
  });
});
