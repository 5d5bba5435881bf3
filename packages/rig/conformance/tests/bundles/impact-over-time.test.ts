import { contract } from "@patchpilot/action-impact/contract";
import { listen } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { expect, test } from "vitest";
import { addPostHog, POSTHOG_INPUTS } from "../../worlds/providers.ts";
import { readComments } from "../../worlds/scenario.ts";
import { addIncident, createTestWorld, STATE_KEY } from "../../worlds/world.ts";
import { runBundle } from "./support/run-bundle.ts";

test("the bundle counts nothing before half an hour, then again until the hours are full, and replaces its comment", async () => {
  const world = createTestWorld();
  const posthog = addPostHog(world);
  const door = await listen(posthog);
  const issue = addIncident(world, { firstSeen: world.clock.iso() });
  const count = async (): Promise<string> => {
    const inputs = { ...POSTHOG_INPUTS, "posthog-host": door.url, "state-key": STATE_KEY };
    const step = await runBundle(world, contract, { inputs });
    expect(step.outcome).toBe("success");
    return readComments(world, issue);
  };
  world.clock.advance(HOUR / 6);
  expect(await count()).not.toContain("Impact on the product: ");
  expect(posthog.requests).toHaveLength(0);
  world.clock.advance(3 * HOUR);
  const later = await count();
  expect(later.match(/<summary>Impact on the product: /g)).toHaveLength(1);
  expect(later).toContain("Each run counts again until the hours are full.");
  world.clock.advance(24 * HOUR);
  expect(await count()).not.toContain("Each run counts again");
  const asked = posthog.requests.length;
  await count();
  expect(posthog.requests.length).toBe(asked);
  await door.close();
  assertNoViolations(world.simulator);
});
