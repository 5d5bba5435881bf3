import { contract } from "@patchpilot/action-intake/contract";
import { type Listening, listenAs } from "@patchpilot/simulators";
import { afterEach, describe, expect, test } from "vitest";
import { createIntakeWorld, fail, type IntakeWorld } from "../../worlds/intake-world.ts";
import { SENTRY_INPUTS } from "../../worlds/providers.ts";
import { SHOP, STATE_KEY } from "../../worlds/world.ts";
import { readAnnotations, runBundle } from "./support/run-bundle.ts";

const doors: Listening[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

/** A shop with one error and its issue, and a hand that runs the bundle of intake on schedule. */
async function openShop({ alerts = true } = {}) {
  let world: IntakeWorld | undefined;
  const { door } = await listenAs((sentryUrl) => {
    world = createIntakeWorld({ sentryUrl, alerts });
    return world.sentry;
  });
  doors.push(door);
  if (world === undefined) throw new Error("No world was made.");
  const shop = world;
  fail(shop, "total");
  const tick = async (inputs: Readonly<Record<string, string>> = {}) => {
    const step = await runBundle(shop, contract, {
      inputs: { ...SENTRY_INPUTS, "sentry-url": door.url, "state-key": STATE_KEY, ...inputs },
    });
    const read = <T>(name: string): T => JSON.parse(step.outputs[name] ?? "[]") as T;
    return {
      outcome: step.outcome,
      accepted: read<readonly number[]>("accepted"),
      ignored: read<readonly { readonly reason: string; readonly detail: string }[]>("ignored"),
      warnings: readAnnotations(step, "warning").join("\n"),
      errors: readAnnotations(step, "error").join("\n"),
    };
  };
  const { issues, labels, comments } = shop.world.repository(SHOP);
  return {
    shop,
    tick,
    comments: () => comments.list().length,
    labelsOfIssue: () => {
      const ids = issues.list()[0]?.labelIds ?? [];
      return ids.map((id) => labels.get(id)?.name);
    },
  };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => ({
  kind: "reply" as const,
  status,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
});

describe("a label in another case", () => {
  test.each(["PatchPilot:Hold", "PATCHPILOT:HOLD"])("holds an issue as it does: %s", async (label) => {
    const { shop, tick } = await openShop();
    shop.world.as("maya").label(1, label);
    expect(await tick()).toMatchObject({ accepted: [], ignored: [{ reason: "held" }] });
  });

  test("is used as it is, and no second one is made", async () => {
    const { shop, tick, labelsOfIssue } = await openShop();
    for (const name of ["PatchPilot", "PatchPilot:Accepted"]) shop.world.as("maya").createLabel(name);
    expect(await tick()).toMatchObject({ outcome: "success", accepted: [1], warnings: "" });
    expect(labelsOfIssue()).toEqual(["PatchPilot", "PatchPilot:Accepted"]);
  });

  test("that GitHub lets nobody make is a warning, and the incident is accepted", async () => {
    const { shop, tick } = await openShop();
    shop.simulator.faults = ({ body }) => {
      if (!body?.includes("createLabel")) return undefined;
      const count = body.match(/m\d+: createLabel/g)?.length ?? 0;
      const aliases = Array.from({ length: count }, (_, index) => `m${index}`);
      return json({
        data: Object.fromEntries(aliases.map((alias) => [alias, null])),
        errors: aliases.map((alias) => ({ type: "FORBIDDEN", path: [alias], message: "no" })),
      });
    };
    const { accepted, warnings } = await tick();
    expect(accepted).toEqual([1]);
    expect(warnings).toContain("the label patchpilot:accepted is not set");
  });
});

describe("a query that GitHub cannot answer at once", () => {
  test.each([
    [
      "exceeds its resource limits",
      json({
        data: { repository: null },
        errors: [
          {
            type: "RESOURCE_LIMITS_EXCEEDED",
            path: ["repository", "changed"],
            message: "Resource limits for this query exceeded.",
          },
        ],
      }),
    ],
    ["is a 502", json({ message: "Server Error" }, 502)],
    ["is a 504", json({ message: "We couldn't respond to your request in time" }, 504)],
  ])("ends no run if it %s", async (_, refusal) => {
    const { shop, tick } = await openShop();
    shop.simulator.faults = ({ body }) =>
      (body?.match(/issues\d+: issues\(first: (50|100)/g)?.length ?? 0) > 0 ? refusal : undefined;
    expect(await tick()).toMatchObject({ outcome: "success", accepted: [1], warnings: "" });
  });
});

describe("a locked issue", () => {
  test("is left alone, with what helps", async () => {
    const { shop, tick, comments } = await openShop();
    shop.world.as("maya").lockIssue(1);
    for (const _ of [1, 2]) {
      const { ignored, accepted, warnings } = await tick();
      expect([accepted, warnings]).toEqual([[], ""]);
      expect(ignored).toMatchObject([{ reason: "locked", detail: expect.stringContaining("unlock it") }]);
    }
    expect(comments()).toBe(0);
  });
});

describe("what a run can do without", () => {
  test.each([
    ["is a proxy's page", { ...json(""), body: "<html>", headers: { "content-type": "text/html" } }],
    ["lacks what GitHub promises", json({ tree: [{ kind: "blob" }] })],
    ["is cut in the middle", { ...json(""), body: '{"sha":"1","tree":[{"path":"a.ts","ty' }],
    ["is null", json(null)],
    ["is refused", json({ message: "Resource not accessible by integration" }, 403)],
  ])("ends no run where the tree %s", async (_, reply) => {
    const { shop, tick } = await openShop();
    shop.simulator.faults = ({ path }) => (path.includes("/git/trees/") ? reply : undefined);
    const { outcome, accepted, warnings } = await tick();
    expect([outcome, accepted]).toEqual(["success", [1]]);
    expect(warnings).toContain("The repository's files could not be listed");
  });

  test("names no file as another's where GitHub cut the tree", async () => {
    const { shop, tick } = await openShop();
    shop.simulator.faults = ({ path }) =>
      path.includes("/git/trees/") ? json({ sha: "1", tree: [], truncated: true }) : undefined;
    expect(await tick()).toMatchObject({ outcome: "success", accepted: [1] });
  });

  test.each([
    ["is cut in the middle", { ...json(""), body: '[{"version":"shop@1","da' }],
    ["is no list", json({ detail: "x" })],
    ["holds nothing readable", json([{}])],
  ])("ends no run where Sentry's list of releases %s", async (_, reply) => {
    const { shop, tick } = await openShop();
    shop.sentry.faults = ({ path }) => (/\/releases\/(?:\?|$)/.test(path) ? reply : undefined);
    expect(await tick()).toMatchObject({ outcome: "success", accepted: [1] });
  });
});

describe("an answer", () => {
  test("that rules an environment out names the one that was found", async () => {
    const { tick } = await openShop();
    const { ignored, warnings } = await tick({ environment: "prod" });
    expect(ignored).toMatchObject([{ reason: "wrong-environment" }]);
    expect(warnings).toContain("the environment `production`, not from `prod`");
  });

  test("that lists nothing names the environments that there are", async () => {
    const { tick } = await openShop({ alerts: false });
    const { warnings } = await tick({ source: "sentry", environment: "vercel-production" });
    expect(warnings).toContain("it knows `production`");
  });

  test("by an older Sentry, without a recommended event, is the newest one of the environment", async () => {
    const { shop, tick } = await openShop();
    shop.sentry.faults = ({ path }) =>
      path.includes("/events/recommended/") ? json({ detail: "Event not found." }, 404) : undefined;
    expect(await tick()).toMatchObject({ outcome: "success", accepted: [1] });
  });

  test("by an IP allow-list is no missing permission", async () => {
    const { shop, tick } = await openShop();
    const message =
      "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.";
    shop.simulator.faults = () => json({ message }, 403);
    const { outcome, errors } = await tick();
    expect(outcome).toBe("failure");
    expect(errors).toContain("the addresses on its IP allow list");
    expect(errors).not.toContain("permissions:");
  });
});
