import {
  choice,
  commonInputs,
  commonOutputs,
  defineContract,
  type InputsOf,
  integer,
  list,
  mayWrite,
  posthogInputs,
} from "@patchpilot/action-kit/contract";
import { countedEvent } from "@patchpilot/incident";
import * as z from "zod";

/** The record of an incident stays under 4 KB, and it names every event. */
const MOST_EVENTS = 20;
const MOST_CHARACTERS = 1_000;

const EVENTS =
  "Events in PostHog that show whether people get what they came for, such as `checkout,signup`: at most 20. Absent: nothing is counted.";

const baselines = ["previous-week", "previous-window"] as const;
/** What the incident's window is compared with. */
export type Baseline = (typeof baselines)[number];

export const contract = defineContract({
  name: "impact",
  version: "0.0.0",
  title: "PatchPilot impact",
  description: "Counts product events in PostHog while an incident lasts, and in a time without it.",
  icon: "bar-chart-2",
  color: "yellow",
  needs:
    "[`intake`](../intake) or [`perf-scan`](../perf-scan) before it, which record the incidents that it counts for, and [no other](#alone).",
  signs: true,
  permissions: [mayWrite("issues", "writes what was counted on the incident")],
  inputs: z.object({
    ...commonInputs,
    ...posthogInputs,
    events: list([], EVENTS)
      .refine((events) => events.length <= MOST_EVENTS, {
        error: `names too many events; name the ${MOST_EVENTS} that matter most`,
      })
      .refine((events) => events.join("").length <= MOST_CHARACTERS, {
        error: `has more than ${MOST_CHARACTERS} characters of names; name fewer events`,
      })
      .meta({ description: EVENTS, shownDefault: "" }),
    "window-hours": integer(
      24,
      { least: 1, most: 168 },
      "Longest time that is counted, in hours. A week at most.",
    ),
    baseline: choice(
      baselines,
      "previous-week",
      "`previous-week`: the same hours a week before. `previous-window`: the hours right before, which differ by time of day.",
    ),
  }),
  outputs: z.object({
    ...commonOutputs("JSON array of the issue numbers that were handled, counted or not."),
    impact: z
      .array(
        z.object({
          issue: z.number(),
          events: z.array(z.object(countedEvent)),
          summary: z.string(),
        }),
      )
      .meta({
        description:
          "JSON array of `{issue, events: [{event, current, baseline, change, actors, baselineActors}], summary}`. `change` is the difference as a share of the baseline (-0.3: 30 % fewer), null without a baseline.",
      }),
  }),
});

export type ImpactInputs = InputsOf<typeof contract>;
