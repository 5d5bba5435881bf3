import { createIntakeWorld, type IntakeWorld } from "../../worlds/intake-world.ts";
import { watchSimulators } from "./watch-simulators.ts";

/** Opens worlds of `intake` for one test file, and ends each test red whose requests a simulator took exception to. */
export function watchIntakeWorlds(): (options?: { readonly alerts: boolean }) => IntakeWorld {
  const watch = watchSimulators();
  return (options) => {
    const world = createIntakeWorld(options);
    watch(world.simulator, world.sentry);
    return world;
  };
}
