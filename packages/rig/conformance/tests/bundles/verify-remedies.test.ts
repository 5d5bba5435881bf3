import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { type FailingApp, openFailingApp, type Teller } from "../../worlds/live-app.ts";
import { readComments } from "../../worlds/scenario.ts";
import { openVerifyBundle, type VerifyBundle } from "./support/open-verify-bundle.ts";

/** Each hold says at once what is wrong and what to set. */

let app: FailingApp;
let bundle: VerifyBundle;
let server: Server | undefined;
afterEach(async () => {
  await bundle.close();
  server?.close();
  server = undefined;
  assertNoViolations(app.test.simulator);
});

/** The fix is live, as `teller` says. */
async function openFixed(teller: Teller): Promise<void> {
  app = openFailingApp({ teller });
  app.deploy(await app.repair());
  app.goOn(1);
  bundle = await openVerifyBundle(app);
}

const commentsHere = () => readComments(app.test, app.issue);

describe("an error in another environment of Sentry than the one that is asked about", () => {
  test("names the one in which it occurs", async () => {
    await openFixed("github");
    const { decision } = await bundle.verify({ environment: "prod" });
    expect(decision?.reason).toContain("no event of SHOP-1 in the environment `prod`");
    expect(decision?.reason).toContain("set the input environment to `production`");
  });

  test("is not spoken of where it occurs in both", async () => {
    await openFixed("github");
    const at = app.test.clock.now() - 26 * HOUR;
    const [crash] = app.sentry.issues();
    app.sentry.recordEvent({ event: sameCrash(), environment: "staging", release: "x", instants: [at] });
    expect(app.sentry.issues()).toHaveLength(1);
    expect(crash?.events.length).toBeGreaterThan(1);
    expect((await bundle.verify({ environment: "staging" })).decision?.reason).not.toContain("no event of");
  });
});

/** The crash of the app, as its SDK reports it. */
const sameCrash = () => ({
  exception: {
    values: [
      {
        type: "TypeError",
        value: "cannot read total",
        mechanism: { type: "generic", handled: false },
        stacktrace: {
          frames: [{ filename: "src/checkout.ts", function: "checkout", lineno: 7, in_app: true }],
        },
      },
    ],
  },
});

describe("deployments on GitHub that go to another environment", () => {
  const deployTo = (environment: string, sha: string): void => {
    const maya = app.test.world.as("maya");
    const { id } = maya.createDeployment({ ref: sha, environment });
    maya.setDeploymentStatus({ deploymentId: id, state: "success" });
    app.pass(1);
  };

  test("name the environments that there are", async () => {
    app = openFailingApp({ teller: "nothing" });
    const fix = await app.repair();
    deployTo("Preview", fix);
    deployTo("Production – shop-web", fix);
    app.goOn(1);
    bundle = await openVerifyBundle(app);
    const { decision } = await bundle.verify();
    expect(decision?.reason).toContain("`Production – shop-web`, `Preview`");
    expect(commentsHere()).toContain("Set production-environment");
  });

  test("are named five at most, as previews may be very many", async () => {
    app = openFailingApp({ teller: "nothing" });
    const fix = await app.repair();
    for (let pull = 1; pull <= 8; pull += 1) deployTo(`pr-${pull}`, fix);
    app.goOn(1);
    bundle = await openVerifyBundle(app);
    expect((await bundle.verify()).decision?.reason).toContain("`pr-4`, and 3 more");
  });
});

describe("a health route behind something else", () => {
  async function answer(
    status: number,
    headers: Readonly<Record<string, string>>,
    body = "",
  ): Promise<string> {
    const opened = createServer((_, reply) => reply.writeHead(status, headers).end(body));
    server = opened;
    await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
    await openFixed("github");
    const url = `http://127.0.0.1:${(opened.address() as AddressInfo).port}/health`;
    await bundle.verify({ "health-url": url, "health-allow-private": "true" });
    return commentsHere();
  }

  test("names Vercel's deployment protection and its secret", async () => {
    const said = await answer(401, { server: "Vercel", "set-cookie": "_vercel_sso_nonce=x" });
    expect(said).toContain("deployment protection");
    expect(said).toContain("vercel-bypass-secret");
  });

  test("names the address that it redirects to", async () => {
    const said = await answer(308, { location: "https://www.shop.example/health?session=1" });
    // The address is text from outside, so it is written as no link.
    expect(said).toMatch(/set health-url to https:\S+www\S+shop\.example\/health/);
    expect(said).not.toContain("session");
  });

  test("of the app's own 503 gives no remedy, and waits", async () => {
    expect(await answer(503, {})).toContain("Look at the app: its health check has to answer as expected.");
  });
});
