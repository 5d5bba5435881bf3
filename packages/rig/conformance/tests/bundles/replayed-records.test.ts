import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, expect, test } from "vitest";
import { noteStates, putBack, type SeenStates } from "../../worlds/replay.ts";
import { readComments } from "../../worlds/scenario.ts";
import { CRASH_ISSUE, REACH } from "../../worlds/walk.ts";
import { SHOP } from "../../worlds/world.ts";
import { type BundleWalk, openBundleWalk } from "./support/open-bundle-walk.ts";

let walk: BundleWalk | undefined;
afterEach(async () => {
  await walk?.close();
  walk = undefined;
});

const annotations = (step: unknown): string => JSON.stringify(step);

/** The first fix did not help, a second attempt is at work: its claim knows every record of before. */
async function openSecondAttempt() {
  walk = await openBundleWalk();
  const { test: world } = walk;
  const seen: SeenStates = new Map();
  await REACH.accepted(walk);
  noteStates(world, CRASH_ISSUE, seen);
  await REACH.requeued({ ...walk, intake: async () => undefined });
  await walk.tick();
  noteStates(world, CRASH_ISSUE, seen);
  return { walk, world, seen };
}

const picture = ({ world }: Awaited<ReturnType<typeof openSecondAttempt>>): string =>
  JSON.stringify([
    world.world.repository(SHOP).git.refs.list("refs/patchpilot/"),
    world.world.repository(SHOP).issues.get(CRASH_ISSUE),
    readComments(world, CRASH_ISSUE),
  ]);

test("neither dispatch nor verify-recovery does anything with an earlier state that was put back", async () => {
  const second = await openSecondAttempt();
  const { walk: bundles, world, seen } = second;
  const [earliest = ""] = seen.get("incident") ?? [];
  putBack(world, CRASH_ISSUE, earliest, "posted again");
  bundles.pass(7 * 60);
  const before = picture(second);
  expect(annotations(await bundles.tick())).toMatch(/older-record.*is older than its refs say/);
  await bundles.verify();
  expect(picture(second)).toBe(before);
  assertNoViolations(world.simulator);
});
