import { assertNoViolations } from "@patchpilot/simulators/github";
import { expect, onTestFinished } from "vitest";
import { createIntakeWorld, type IntakeWorld } from "../../../worlds/intake-world.ts";

/** A world of intake's that the test must leave without a violation. */
export function openIntakeWorld(...options: Parameters<typeof createIntakeWorld>): IntakeWorld {
  const world = createIntakeWorld(...options);
  onTestFinished(() => {
    assertNoViolations(world.github);
    expect(world.sentry.violations).toEqual([]);
  });
  return world;
}
