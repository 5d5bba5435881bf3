import { listen } from "@patchpilot/simulators";
import type { SimulatedActionsRequest } from "@patchpilot/simulators/actions";
import type { TestWorld } from "../world.ts";
import { type MonthAction, monthActions } from "./month-actions.ts";

/** Where a month's actions run, and by which clock their jobs are measured. */
export type MonthPlace = Pick<SimulatedActionsRequest, "api" | "findOwn"> & {
  readonly vars: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly close: () => Promise<void>;
};

/** All of it in this process, where no time passes but the world's. */
export const stayInside = (test: TestWorld, running: readonly MonthAction[]): MonthPlace => ({
  api: "https://api.github.com",
  findOwn: async () => ({ actions: monthActions(test, running), calledWorkflows: {} }),
  vars: {},
  now: () => test.clock.now(),
  close: async () => undefined,
});

/**
 * Bundles reach the services on loopback.
 * @param now the time in milliseconds by which their jobs are measured
 * @throws Error if the world has no Sentry
 */
export async function openDoors({ simulator, providers }: TestWorld, now: () => number): Promise<MonthPlace> {
  const sentry = providers.get("https://sentry.io");
  if (sentry === undefined) throw new Error("A month with bundles needs a Sentry.");
  const doors = [await listen(simulator), await listen(sentry)] as const;
  return {
    api: doors[0].url,
    vars: { SENTRY_URL: doors[1].url },
    now,
    close: async () => void (await Promise.all(doors.map((door) => door.close()))),
  };
}
