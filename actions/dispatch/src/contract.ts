import {
  choice,
  commonInputs,
  commonOutputs,
  decimal,
  decimalOrAbsent,
  defineContract,
  flag,
  type InputsOf,
  integer,
  list,
  mayRead,
  mayWrite,
  notifyInputs,
  repositoryOrAbsent,
  secret,
  text,
  textOr,
  words,
} from "@patchpilot/action-kit/contract";
import { ATTEMPT_ENDINGS, explainPriceList, isPriceList, OUTCOMES, SEVERITIES } from "@patchpilot/incident";
import * as z from "zod";

/** Why an incident was passed over; each is a name that users' steps may test for. */
export const SKIP_REASONS = [
  "stopped",
  "closed",
  "held",
  "locked",
  "not-accepted",
  "needs-human",
  "verifying",
  "in-flight",
  "proposed",
  "observe",
  "below-severity",
  "below-confidence",
  "fix-in-flight",
  "similar",
  "attempts-exhausted",
  "retry-not-allowed",
  "max-open-prs",
  "hourly-budget",
  "spend-cap",
  "cause-spent",
  "plan-refused",
  "reply-refused",
  "claim-refused",
  "dispatch-refused",
  "dispatch-unconfirmed",
  "read-only",
  "older-record",
  "frozen",
] as const;

const recipeName = (description: string) =>
  z
    .string()
    .trim()
    .regex(
      /^[a-z][a-z0-9]*(?:-[a-z0-9]+){0,9}$/,
      "is not the name of a recipe; write one such as fix-incident",
    )
    .optional()
    .meta({ description });

const dollars = (description: string) => decimalOrAbsent({ least: 0.01, most: 1_000_000 }, description);
const minutes = (description: string) => decimalOrAbsent({ least: 1, most: 10_000_000 }, description);

export const contract = defineContract({
  name: "dispatch",
  version: "0.0.0",
  title: "PatchPilot dispatch",
  description:
    "Hands each accepted incident to a repair worker, exactly once, and settles what became of earlier attempts.",
  icon: "send",
  color: "blue",
  needs:
    "[`intake`](../intake) or [`perf-scan`](../perf-scan) before it, and [`claim`](../claim) as the first job of the repair workflow that it starts. It does not work alone.",
  signs: true,
  permissions: [
    mayWrite("issues", "writes the attempt's record and the phase label"),
    mayWrite("contents", "makes claim refs and sends `repository_dispatch`"),
    mayRead("pull-requests", "sees what became of an attempt's pull request"),
    mayRead("actions", "sees whether an attempt's run started and ended"),
    mayRead("checks", "sees which checks of its pull requests are red", "`max-ci-repairs` above 0"),
    mayWrite("actions", "starts the repair workflow", "`via: workflow_dispatch`, instead of `actions: read`"),
    mayWrite(
      "actions",
      "runs failed jobs again before an attempt opens for them",
      "`max-ci-repairs` above 0, instead of `actions: read`",
    ),
  ],
  inputs: z.object({
    ...commonInputs,
    ...notifyInputs,
    via: choice(
      ["repository_dispatch", "workflow_dispatch"],
      "repository_dispatch",
      "How the repair workflow is started.",
    ),
    "event-type": textOr("patchpilot-repair", "Type of the `repository_dispatch` event."),
    workflow: textOr(
      "patchpilot-repair.yml",
      "File name of the repair workflow, for `via: workflow_dispatch`.",
    ),
    ref: text("Branch that `workflow_dispatch` runs on. Absent: the default branch."),
    "target-repository": repositoryOrAbsent(
      "owner/name of the repository that is repaired. Absent: the incident's.",
    ),
    "target-token": secret(
      "Token for the target repository, with `contents: write`. Absent: the `github-token`.",
    ),
    agent: textOr(
      "claude-code",
      "`claude-code`, `codex`, `opencode`, or a name of your own that your repair workflow understands.",
    ),
    recipe: recipeName(
      "How `repair` goes about it: one of its recipes, or one of `.patchpilot/recipes/`. Absent: by the incident's kind.",
    ),
    autonomy: choice(["draft-pr", "plan", "observe"], "draft-pr", "How far a worker may go."),
    approval: choice(
      ["none", "label"],
      "none",
      "`label`: the first attempt only plans. Set the label `patchpilot:go-ahead` to have the plan carried out.",
    ),
    "min-severity": choice(SEVERITIES, "medium", "Incidents below it are left to you."),
    "min-confidence": decimal(0.75, { least: 0, most: 1 }, "Incidents below it are left to you."),
    "max-attempts": integer(3, { least: 1, most: 20 }, "Attempts in one episode of an incident."),
    "ci-apps": list(
      [],
      "Slugs of GitHub Apps whose checks count as well as those of GitHub Actions: `circleci-checks`, `buildkite`.",
    ),
    "max-open-prs": integer(
      3,
      { least: 0, most: 1000 },
      "Attempts in flight and open pull requests, at the same time.",
    ),
    "max-dispatches-per-hour": integer(5, { least: 0, most: 1000 }, "Dispatches in any hour."),
    "lease-minutes": integer(
      15,
      { least: 1, most: 1440 },
      "How long a claim keeps other runs away before it is confirmed.",
    ),
    "start-minutes": integer(30, { least: 1, most: 1440 }, "How long a dispatched run may take to start."),
    "attempt-hours": decimal(6, { least: 0.1, most: 72 }, "How long an attempt may take."),
    "max-usd-per-attempt": dollars(
      "Dollars that an attempt may spend on its model, which are reserved before it opens. Absent: 5, if another cap in dollars is set.",
    ),
    "max-usd-per-incident": dollars("Dollars for all attempts of an incident. Absent: no cap."),
    "max-usd-per-day": dollars("Dollars for all attempts that open on one day in UTC. Absent: no cap."),
    "max-usd-per-month": dollars("Dollars for all attempts that open in one month in UTC. Absent: no cap."),
    prices: words("").refine(isPriceList, explainPriceList).meta({
      description:
        "Price list, one model a line, in dollars for a million tokens: `claude-sonnet-4-5: input 3, output 15, cache-read 0.3, cache-write 3.75`. The line `minute: 0.05` is for attempts whose tokens no one counts. Absent: an attempt counts as all that it may spend.",
      words: true,
    }),
    "max-minutes-per-attempt": minutes(
      "Minutes that the job `work` of an attempt may take, which are reserved before it opens. Absent: 30, if another cap in minutes is set.",
    ),
    "max-minutes-per-incident": minutes("Minutes for all attempts of an incident. Absent: no cap."),
    "max-minutes-per-day": minutes("Minutes for all attempts that open on one day in UTC. Absent: no cap."),
    "max-minutes-per-month": minutes(
      "Minutes for all attempts that open in one month in UTC. Absent: no cap.",
    ),
    "max-ci-repairs": integer(
      2,
      { least: 0, most: 20 },
      "Attempts in one episode that red checks of a pull request open. `0`: checks are not read.",
    ),
    redispatch: flag(
      false,
      "Close what is in flight as `replaced` and open the next attempt for the issues named; refuses `auto`.",
    ),
  }),
  outputs: z.object({
    ...commonOutputs("JSON array of the issue numbers that were dispatched."),
    dispatched: z
      .array(
        z.object({ issue: z.number(), attempt: z.number(), key: z.string(), runId: z.string().nullable() }),
      )
      .meta({ description: "JSON array of `{issue, attempt, key, runId}`." }),
    settled: z
      .array(
        z.object({
          issue: z.number(),
          attempt: z.number(),
          outcome: z.enum(OUTCOMES),
          ending: z.enum(ATTEMPT_ENDINGS).optional(),
        }),
      )
      .meta({
        description:
          "JSON array of `{issue, attempt, outcome, ending}` for attempts whose outcome became known; `ending` only if it was `asked`, `reported`, `interrupted` or `red-checks`.",
      }),
    skipped: z
      .array(z.object({ issue: z.number(), reason: z.enum(SKIP_REASONS), detail: z.string() }))
      .meta({ description: "JSON array of `{issue, reason, detail}`." }),
  }),
});
export type DispatchInputs = InputsOf<typeof contract>;
export type SkipReason = (typeof SKIP_REASONS)[number];
