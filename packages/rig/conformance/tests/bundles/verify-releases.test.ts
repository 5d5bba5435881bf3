import { contract } from "@patchpilot/action-verify-recovery/contract";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { permissionsOf } from "../../worlds/permissions-of.ts";
import { openReleasedApp, type ReleasedApp } from "./support/open-released-app.ts";

/** What production runs: deployments say one thing, traffic another, and releases name commits, versions or nothing. */

let shop: ReleasedApp;
afterEach(async () => {
  await shop.close();
  assertNoViolations(shop.app.test.simulator);
  expect(shop.app.sentry.violations).toEqual([]);
});
const versions = () => [{ release: "shop@4.2.0", sessions: 240, crashEvery: 10 }];
async function open(before?: Parameters<typeof openReleasedApp>[0]): Promise<ReleasedApp> {
  shop = await openReleasedApp(before);
  return shop;
}

describe("a deployment that did not reach visitors", () => {
  test.each(["SHA", "shop@SHA", "SHA-dirty"])(
    "is not one, as traffic and errors say by %s",
    async (pattern) => {
      const name = (sha: string) => pattern.replace("SHA", sha);
      const { old, fix, app, look } = await open((sha) => [
        { release: name(sha), sessions: 240, crashEvery: 10 },
      ]);
      app.deploy(fix);
      const part = { release: name(old), sessions: 240, crashEvery: 10 };
      for (let hours = 0; hours < 12; hours += 4)
        expect(await look(4, part)).toMatch(/^wait: not-deployed: Nobody/);
    },
  );

  test("is not one while the name is an old version", async () => {
    const { fix, app, look } = await open(versions);
    app.deploy(fix);
    expect(await look(8, ...versions())).toMatch(/^wait: not-deployed: .*shop@4\.2\.0/);
  });

  test("is one where the name never changes, and then a fix that fails is tried anew", async () => {
    const { fix, app, look, old } = await open(versions);
    for (const sha of [fix, old, fix]) app.deploy(sha);
    expect(await look(44, { release: "shop@4.2.0", sessions: 240, crashEvery: 5 })).toMatch(
      /^retry: failing/,
    );
  });

  test("is one where the name never changes and the errors have stopped", async () => {
    const { fix, app, look } = await open(versions);
    app.deploy(fix);
    expect(await look(8, { release: "shop@4.2.0", sessions: 240 })).toMatch(/^close: recovered/);
  });

  test("is not inferred from another app of the same project", async () => {
    const both = (sha: string) => [
      { release: `web@${sha}`, sessions: 240, crashEvery: 10 },
      { release: `api@${sha}`, sessions: 240 },
    ];
    const { fix, old, app, look } = await open(both);
    app.deploy(fix);
    const said = await look(
      8,
      { release: `web@${fix}`, sessions: 240 },
      { release: `api@${old}`, sessions: 240 },
    );
    expect(said).toMatch(/^close: recovered/);
  });
});

describe("a deployment that no source knows", () => {
  test.each([40, 12, 7])(
    "is believed if most traffic names %i digits of the commit with the fix",
    async (digits) => {
      const { fix, look } = await open();
      expect(await look(8, { release: `v1.2.3-4-g${fix.slice(0, digits)}`, sessions: 240 })).toMatch(
        /^close: recovered/,
      );
    },
  );

  test("is believed by Sentry's commit of a version", async () => {
    const { fix, app, look } = await open(versions);
    app.sentry.recordRelease({ version: "shop@4.3.0", commits: [{ sha: fix }] });
    expect(await look(8, { release: "shop@4.3.0", sessions: 240 })).toMatch(/^close: recovered/);
  });

  test("is not believed for a tenth of the traffic", async () => {
    const { fix, old, look } = await open();
    const said = await look(
      8,
      { release: fix, sessions: 24 },
      { release: old, sessions: 216, crashEvery: 11 },
    );
    expect(said).toMatch(/^wait: not-deployed/);
  });

  test("is not believed by another app of the same project", async () => {
    const { fix, old, look } = await open((sha) => [
      { release: `web@${sha}`, sessions: 100, crashEvery: 10 },
      { release: `api@${sha}`, sessions: 240 },
    ]);
    const said = await look(
      8,
      { release: `api@${fix}`, sessions: 240 },
      { release: `web@${old}`, sessions: 100, crashEvery: 10 },
    );
    expect(said).toMatch(/^wait: not-deployed/);
  });
});

describe("a release without a commit", () => {
  /** A beta has the fix for hours before everybody gets it, and then so much of the traffic. */
  async function openBeta(cur: string, next: string): Promise<ReleasedApp> {
    await open(() => [{ release: cur, sessions: 240, crashEvery: 10 }]);
    shop.pass(1, { release: cur, sessions: 240, crashEvery: 10 });
    shop.pass(3, { release: next, sessions: 24 }, { release: cur, sessions: 216, crashEvery: 11 });
    shop.app.deploy(shop.fix);
    return shop;
  }

  const betas = "shop@4.2.0 shop@4.3.0, v1.9.3 v1.10.0, shop@4.2+841 shop@4.2+842, 2026.11.19 2026.11.20";
  test.each(betas.split(", "))("that was a beta before holds the fix: %s", async (names) => {
    const [cur = "", next = ""] = names.split(" ");
    const { look } = await openBeta(cur, next);
    const said = await look(
      6,
      { release: next, sessions: 144 },
      { release: cur, sessions: 96, crashEvery: 25 },
    );
    expect(said).toMatch(/^close: recovered/);
  });

  test("that is a beta and crashes as before is no recovery", async () => {
    const { look } = await openBeta("shop@4.2.0", "shop@4.3.0");
    expect(await look(6, { release: "shop@4.3.0", sessions: 240, crashEvery: 10 })).toMatch(
      /^retry: failing/,
    );
  });

  test("that came with the merge of something else does not hold the fix", async () => {
    const { look } = await openBeta("shop@4.2.0", "shop@4.2.1");
    const said = await look(
      10,
      { release: "shop@4.3.0", sessions: 100 },
      { release: "shop@4.2.1", sessions: 140, crashEvery: 15 },
    );
    expect(said).toMatch(/^wait: .*shop@4\.2\.1, which .* the fix, still raises it/);
  });

  test("holds the fix if its version is later than one that holds it by its commit", async () => {
    const { app, fix, pass, look } = await open(versions);
    app.sentry.recordRelease({ version: "shop@4.4.0", commits: [{ sha: fix }] });
    pass(1, { release: "shop@4.4.0", sessions: 240 });
    expect(await look(8, { release: "shop@4.5.0", sessions: 240 })).toMatch(/^close: recovered/);
  });
});

describe("deployments of GitHub", () => {
  /** Two jobs deploy one commit, and each switches the other's off in the end. */
  function deployTwice(sha: string): void {
    const maya = shop.app.test.world.as("maya");
    const ids = [0, 1].map(() => maya.createDeployment({ ref: sha, environment: "production" }).id);
    for (const state of ["success", "inactive"] as const)
      for (const deploymentId of ids) {
        maya.setDeploymentStatus({ deploymentId, state });
        shop.app.pass(1);
      }
  }

  test("that switch each other off have deployed their commit", async () => {
    const { fix, look } = await open(() => [{ release: "shop", sessions: 240, crashEvery: 10 }]);
    deployTwice(shop.old);
    deployTwice(fix);
    expect(await look(8, { release: "shop", sessions: 240 })).toMatch(/^close: recovered/);
  });

  test("that the token may not read are not none, and it says what to add", async () => {
    const { fix, app, pass, verify } = await open();
    app.deploy(fix);
    pass(8, { release: fix, sessions: 240 });
    const { deployments: _, ...without } = permissionsOf(contract);
    const { decision, warnings } = await verify({}, without);
    expect(decision).toMatchObject({ decision: "wait", verdict: "unknown" });
    for (const text of [decision?.reason, ...warnings]) expect(text).toContain("Add `deployments: read`");
  });
});
