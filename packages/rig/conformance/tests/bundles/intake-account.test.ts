import { contract } from "@patchpilot/action-intake/contract";
import { type Listening, listenAs } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { DAY, HOUR } from "@patchpilot/time";
import { afterEach, expect, test } from "vitest";
import { createIntakeWorld, fail, type IntakeWorld, KEEPER } from "../../worlds/intake-world.ts";
import { failTwice, PASSED_OVER } from "../../worlds/passed-over.ts";
import { SENTRY_INPUTS } from "../../worlds/providers.ts";
import { STATE_KEY } from "../../worlds/world.ts";
import { runBundle } from "./support/run-bundle.ts";

const doors: Listening[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

/** A shop at whose Sentry bundles can ask, and a hand that runs intake on schedule. */
async function openBundled() {
  let world: IntakeWorld | undefined;
  const { door } = await listenAs((sentryUrl) => {
    world = createIntakeWorld({ sentryUrl });
    return world.sentry;
  });
  doors.push(door);
  if (world === undefined) throw new Error("No world was made.");
  const shop = world;
  const tick = async (inputs: Readonly<Record<string, string>> = {}) => {
    const step = await runBundle(shop, contract, {
      permissions: KEEPER,
      inputs: { ...SENTRY_INPUTS, "sentry-url": door.url, "state-key": STATE_KEY, ...inputs },
    });
    expect(step.outcome).toBe("success");
    assertNoViolations(shop.simulator);
    const { accepted, waiting, duplicate, open } = JSON.parse(step.outputs["account"] ?? "{}");
    return {
      open,
      issues: JSON.parse(step.outputs["accepted"] ?? "[]"),
      states: { accepted, waiting, duplicate },
      summary: step.summary,
    };
  };
  return { shop, tick };
}

const ACCEPTED = { accepted: { accepted: 1 }, waiting: {}, duplicate: {} };

test.each(PASSED_OVER)(
  "the bundle takes in what it passed over when it $name",
  async ({ inputs = {}, before, state, change }) => {
    const { shop, tick } = await openBundled();
    before(shop);
    const [, condition = ""] = state.split("/");
    const waits = { issues: [], states: { accepted: {}, waiting: { [condition]: 1 }, duplicate: {} } };
    expect(await tick(inputs)).toMatchObject(waits);
    shop.clock.advance(26 * HOUR);
    expect(await tick(inputs)).toMatchObject(waits);
    shop.clock.advance(2 * DAY);
    change(shop);
    expect(await tick(inputs)).toMatchObject({ open: 1, issues: [1], states: ACCEPTED });
  },
);

test("the bundle takes in a duplicate when its incident is closed", async () => {
  const { shop, tick } = await openBundled();
  failTwice(shop);
  const first = await tick();
  expect(first).toMatchObject({
    open: 2,
    states: { accepted: { accepted: 1 }, waiting: {}, duplicate: { 1: 1 } },
  });
  expect(first.summary).toContain("Sentry has 2 open issues here: 1 accepted, 1 duplicate.");
  shop.clock.advance(2 * DAY);
  shop.world.as("maya").closeIssue(1);
  expect(await tick()).toMatchObject({ open: 1, issues: [2], states: ACCEPTED });
});

test.each([
  ["the kill switch was on", { stop: "true" }],
  ["nothing ran", undefined],
])("the bundle takes in an alert of 30 hours in which %s", async (_, stopped) => {
  const { shop, tick } = await openBundled();
  fail(shop, "total");
  if (stopped !== undefined) expect(await tick(stopped)).toMatchObject({ issues: [], open: 1 });
  shop.clock.advance(30 * HOUR);
  if (stopped !== undefined) expect(await tick(stopped)).toMatchObject({ issues: [], open: 1 });
  expect(await tick()).toMatchObject({ issues: [1], states: ACCEPTED });
});

test("the bundle takes in what Sentry's list names and Sentry did not find at first", async () => {
  const { shop, tick } = await openBundled();
  fail(shop, "total");
  fail(shop, "waits", 1);
  shop.world.as("maya").label(1, "patchpilot:hold");
  const inputs = { "min-events": "2" };
  await tick(inputs);
  shop.world.as("maya").unlabel(1, "patchpilot:hold");
  const body = JSON.stringify({ detail: "The requested resource does not exist" });
  const headers = { "content-type": "application/json" };
  shop.sentry.faults = ({ path }) =>
    /\/issues\/\d+\/\?/.test(path) ? { kind: "reply", status: 404, body, headers } : undefined;
  expect(await tick(inputs)).toMatchObject({ open: 2, issues: [] });
  shop.sentry.faults = undefined;
  expect(await tick(inputs)).toMatchObject({ open: 2, issues: [1] });
});
