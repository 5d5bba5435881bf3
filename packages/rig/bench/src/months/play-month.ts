import { createIntakeWorld, type IntakeWorld } from "@patchpilot/conformance/worlds/intake-world";
import { crashIn, noteIssues } from "@patchpilot/conformance/worlds/month/incidents";
import { putDownBustle } from "@patchpilot/conformance/worlds/month/lives";
import {
  type MonthForm,
  type MonthOptions,
  openMonth,
} from "@patchpilot/conformance/worlds/month/open-month";
import { seeded } from "@patchpilot/conformance/worlds/race/random";
import { phaseLabel } from "@patchpilot/incident";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { DAY, HOUR } from "@patchpilot/time";

const LASTS = 31 * DAY;
/** What a team does beside its incidents. */
const BUSTLE = { deployments: 20, talk: 300 };
/** How long it takes from an incident to the close that production proved, in hours: evenly between the two. */
const OPEN_FOR = [2, 48] as const;

export type MonthPlan = {
  readonly form: MonthForm;
  readonly incidents: number;
  readonly actions: MonthOptions["actions"];
};

/** A job that ran, and its milliseconds. */
export type MonthJob = { readonly workflow: string; readonly job: string; readonly ms: number };

/**
 * Plays 31 days after a first one, in which the half-hourly workflow is switched off where that is the form.
 * @returns the jobs of the 31 days that ran
 */
export async function playMonth({ form, incidents, actions }: MonthPlan): Promise<readonly MonthJob[]> {
  const random = seeded(incidents);
  const world = createIntakeWorld({ alerts: false });
  const month = await openMonth(world, { form, actions, lasts: DAY + LASTS });
  noteIssues(world, (issue) => {
    const [least, most] = OPEN_FOR;
    const lasts = (least + random() * (most - least)) * HOUR;
    month.at(world.clock.now() + lasts, () => recover(world, issue));
  });
  await month.playUntil(world.clock.now() + DAY);
  const before = month.bill.jobs().length;
  const begin = world.clock.now();
  putDownBustle(world, month, BUSTLE, LASTS, 1);
  for (let nth = 0; nth < incidents; nth += 1)
    month.at(begin + Math.floor(random() * LASTS), () => crashIn(world, `place${nth}`));
  await month.playUntil(begin + LASTS);
  const failed = month.runner.runs.filter(({ conclusion }) => conclusion === "failure").length;
  await month.close();
  if (failed > 0) throw new Error(`${failed} runs of the month failed.`);
  return month.bill.jobs().slice(before);
}

/** Closes an incident as `verify-recovery` does. */
function recover({ world, sentry }: IntakeWorld, issue: { number: number; shortId: string }): void {
  const hand = world.as(GITHUB_ACTIONS_BOT.login);
  sentry.setStatus(issue.shortId, "resolved");
  hand.unlabel(issue.number, phaseLabel("accepted"));
  hand.label(issue.number, phaseLabel("recovered"));
  hand.closeIssue(issue.number);
}
