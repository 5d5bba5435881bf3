import { readFileSync } from "node:fs";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { WorkflowRunner } from "@patchpilot/runner";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import type { GitHubEvent } from "@patchpilot/simulators/github";
import { Cron } from "croner";
import { SENTRY_INPUTS } from "../providers.ts";
import { SHOP, STATE_KEY, type TestWorld } from "../world.ts";
import { type Agenda, openAgenda } from "./agenda.ts";
import { type Bill, openBill } from "./bill.ts";
import type { MonthAction } from "./month-actions.ts";
import { openDoors, stayInside } from "./month-place.ts";

/** The README's one workflow, or the two of docs/examples/while-open. */
export type MonthForm = "always on" | "while open";

const FOLDER = ".github/workflows/";

/** A repository whose workflows start by their schedules, day after day. */
export type Month = Agenda & {
  readonly runner: WorkflowRunner;
  readonly bill: Bill;
  readonly close: () => Promise<void>;
};

export type MonthOptions = {
  readonly form: MonthForm;
  /** Actions that run in this process, while the others do nothing; or all of them as bundles, measured by a clock in milliseconds. */
  readonly actions: readonly MonthAction[] | { readonly bundlesTimedBy: () => number };
  /** How long it lasts, in milliseconds from now. */
  readonly lasts: number;
  /** Whether GitHub hands an event on to the workflows. Default: each. */
  readonly isHeard?: (event: GitHubEvent) => boolean;
  /** When GitHub starts what is due at an instant; undefined: never. Default: at once. */
  readonly startOf?: (due: number, cron: string) => number | undefined;
};

/** Adds the workflows of a form to a world and puts their schedules down. */
export async function openMonth(test: TestWorld, options: MonthOptions): Promise<Month> {
  const { form, lasts, startOf = (due) => due } = options;
  const workflows = monthWorkflows(form);
  test.world.as("maya").push({ branch: "main", message: "Add PatchPilot", files: workflows });
  const { actions } = options;
  const place =
    "bundlesTimedBy" in actions ? await openDoors(test, actions.bundlesTimedBy) : stayInside(test, actions);
  const bill = openBill(place.now);
  const runner = await openSimulatedActions({
    github: test.world,
    api: place.api,
    repository: SHOP,
    workflows,
    findOwn: place.findOwn,
    isHeard: options.isHeard,
    secrets: { PATCHPILOT_STATE_KEY: STATE_KEY, SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"] },
    vars: {
      SENTRY_ORG: SENTRY_INPUTS["sentry-org"],
      SENTRY_PROJECTS: SENTRY_INPUTS["sentry-projects"],
      ...place.vars,
    },
    onEvent: bill.hear,
  });
  const agenda = openAgenda(test.clock);
  const settle = (act: () => unknown) => async () => {
    await act();
    await runner.idle();
  };
  const at: Agenda["at"] = (instant, act) => agenda.at(instant, settle(act));
  for (const { cron } of runner.schedules)
    for (const due of dueTimes(cron, test.clock.now(), lasts)) {
      const start = startOf(due, cron);
      if (start !== undefined)
        at(start, () => runner.start({ event: "schedule", schedule: cron, actor: "maya" }));
    }
  const close = async () => {
    await runner.close();
    await place.close();
  };
  return { at, playUntil: agenda.playUntil, runner, bill, close };
}

/** Workflow files of a form by their paths. */
export function monthWorkflows(form: MonthForm): Record<string, string> {
  if (form === "always on") return { [`${FOLDER}patchpilot.yml`]: readReadmeWorkflow() };
  return Object.fromEntries(
    ["patchpilot.yml", "patchpilot-tick.yml"].map((name) => [
      FOLDER + name,
      readFileSync(new URL(`../../../../../docs/examples/while-open/${name}`, import.meta.url), "utf8"),
    ]),
  );
}

/** When a cron line is due, in UTC as on GitHub. */
function dueTimes(cron: string, from: number, lasts: number): number[] {
  const schedule = new Cron(cron, { timezone: "UTC" });
  const times: number[] = [];
  for (
    let next = schedule.nextRun(new Date(from));
    next !== null && next.getTime() < from + lasts;
    next = schedule.nextRun(next)
  )
    times.push(next.getTime());
  return times;
}
