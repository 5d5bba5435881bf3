import {
  choice,
  commonInputs,
  defineContract,
  flag,
  type InputsOf,
  killSwitch,
  mayRead,
  mayWrite,
  secret,
  text,
  textOr,
} from "@patchpilot/action-kit/contract";
import * as z from "zod";

const WHEN_SWITCHING = "`to` is `on` or `off`";

export const contract = defineContract({
  name: "schedule",
  version: "0.0.0",
  title: "PatchPilot schedule",
  description:
    "Switches the half-hourly workflow on while an incident is open or freshly closed, and off while there is none.",
  icon: "clock",
  color: "gray-dark",
  needs:
    "two workflow files, of which it switches the one that runs every half-hour. [`intake`](../intake) or [`perf-scan`](../perf-scan) opens what it looks for.",
  permissions: [
    mayRead("issues", "sees which incidents are open or freshly closed; not in the job that switches"),
    mayRead("actions", "sees whether the workflow is switched on"),
    mayRead("contents", "reads what it did last"),
    mayWrite(
      "actions",
      "switches the workflow; it could cancel runs, too, so give it its own job",
      WHEN_SWITCHING,
    ),
    mayWrite("contents", "writes down what it does, as a ref", WHEN_SWITCHING),
  ],
  inputs: z.object({
    "github-token": commonInputs["github-token"],
    workflow: textOr("patchpilot-tick.yml", "File name of the workflow that runs every half-hour."),
    to: choice(
      ["look", "on", "off"],
      "look",
      "`look` says in the output `switch` what is due, and changes nothing. `on` and `off` switch the workflow; give the job what `look` said.",
    ),
    variable: text(
      "Name of a variable of the repository, such as `PATCHPILOT_OPEN`, that is set to `1` or `0` instead of switching the workflow. It needs `variables-token`.",
    ),
    "variables-token": secret(
      "Token of a GitHub App that may write variables (*Variables: read and write*). The job's own token never may.",
    ),
    "dry-run": flag(false, "Print what is due, write nothing."),
    stop: killSwitch("Kill switch: `true`, `1` or `stop` makes the run read-only and says so."),
  }),
  outputs: z.object({
    switch: z.enum(["", "on", "off"]).meta({
      description:
        "What is due: `on`, `off`, or empty if the workflow is as it should be or may not be touched.",
    }),
    count: z.number().meta({
      description: "Number of incidents that are open, or were closed as recovered in the last seven days.",
    }),
  }),
});

export type ScheduleInputs = InputsOf<typeof contract>;
