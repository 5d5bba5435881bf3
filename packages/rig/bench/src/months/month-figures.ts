import { billedMinutes } from "@patchpilot/conformance/worlds/month/bill";
import type { MonthForm } from "@patchpilot/conformance/worlds/month/open-month";
import type { Figure } from "../actions/figures.ts";
import { type MonthJob, playMonth } from "./play-month.ts";

const FORMS: readonly MonthForm[] = ["always on", "while open"];
const INCIDENTS = [0, 3, 30];
/** What an idle month may cost where the schedule runs only while something is open. */
const IDLE_MINUTES = 70;

/** Billed minutes of a month in both forms. Only `intake` and `schedule` run, so each job counts as one minute. */
export async function monthFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const incidents of INCIDENTS)
    for (const form of FORMS) {
      const jobs = await playMonth({ form, incidents, actions: ["intake", "schedule"] });
      const isIdle = form === "while open" && incidents === 0;
      figures.push(minutes(nameMonth(form, incidents), jobs, isIdle ? IDLE_MINUTES : null));
    }
  return figures;
}

/** The idle month again with the bundles, for the minutes that their jobs take. */
export async function bundledMonthFigures(): Promise<Figure[]> {
  const jobs = await playMonth({
    form: "while open",
    incidents: 0,
    actions: { bundlesTimedBy: () => performance.now() },
  });
  const subject = `${nameMonth("while open", 0)}, with the bundles`;
  const longest = Math.max(...jobs.map(({ ms }) => ms));
  return [
    minutes(subject, jobs, IDLE_MINUTES),
    { subject, what: "longest job", unit: "ms", value: longest, target: null, binding: false },
  ];
}

const minutes = (subject: string, jobs: readonly MonthJob[], target: number | null): Figure => ({
  subject,
  what: `billed, for ${describeJobs(jobs)}`,
  unit: "minutes",
  value: billedMinutes(jobs),
  target,
  binding: true,
});

const nameMonth = (form: MonthForm, incidents: number): string =>
  `${form}: a month with ${incidents === 0 ? "no incident" : `${incidents} incidents`}`;

/** `62 sweep, 1 switch`. */
function describeJobs(jobs: readonly MonthJob[]): string {
  const counts = Object.entries(Object.groupBy(jobs, ({ job }) => job));
  return counts.map(([job, of = []]) => `${of.length} ${job}`).join(", ");
}
