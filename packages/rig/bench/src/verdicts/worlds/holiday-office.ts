import { daily, inOffice } from "./hours.ts";
import { hours, inWeek, type Plan, stepAtDeploy } from "./plan.ts";
import type { WorldKind } from "./world.ts";

/** The errors are of 30 % of the traffic, and of that hardly any is left from the deploy on. */
const SEGMENT = 0.3;
const ON_HOLIDAY = 0.02;

const holiday: Plan = {
  operation: stepAtDeploy(1, ON_HOLIDAY),
  rest: () => (1 - SEGMENT) / SEGMENT,
};

/** The office is a tenth of a project that is used day and night. */
const REST_OF_OFFICE = 9;
const FRIDAY_AT_FIVE = inWeek(4, 17);

const office: Plan = {
  deployAt: FRIDAY_AT_FIVE,
  operation: inOffice,
  rest: (bucket, at) => REST_OF_OFFICE * daily(bucket, at),
  counted: "project",
};
const sinceTuesdayMorning = -hours(3 * 24 + 8);

export const HOLIDAY_OFFICE: readonly WorldKind[] = [
  {
    name: "the segment with the errors is on holiday, its operation is counted",
    claim: "promise",
    plan: () => holiday,
  },
  {
    // Nothing that is counted shows that it is no recovery.
    name: "the segment with the errors is on holiday, the project is counted",
    claim: "print",
    plan: () => ({ ...holiday, counted: "project" }),
  },
  { name: "office hours, deployed on Friday at 17:00", claim: "promise", plan: () => office },
  {
    name: "office hours, deployed on Friday at 17:00, known since Tuesday",
    claim: "promise",
    plan: () => ({ ...office, onset: sinceTuesdayMorning }),
  },
  {
    name: "office hours, deployed on Friday at 17:00, by the clock",
    claim: "promise",
    plan: () => ({ ...office, counted: "nothing" }),
  },
];
