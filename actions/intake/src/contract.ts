import {
  choice,
  commonInputs,
  commonOutputs,
  defineContract,
  type InputsOf,
  integer,
  list,
  mayRead,
  mayWrite,
  notifyInputs,
  requireSentryProjects,
  secretLines,
  sentryInputs,
  words,
} from "@patchpilot/action-kit/contract";
import { SEVERITIES } from "@patchpilot/incident";
import * as z from "zod";

/** Why an issue was not accepted; each is a name that users' steps may test for. */
export const IGNORE_REASONS = [
  "not-sentry",
  "wrong-project",
  "wrong-environment",
  "below-threshold",
  "duplicate",
  "resolved",
  "held",
  "locked",
  "fix-in-flight",
  "unreadable",
  "edited",
] as const;
const counts = z.record(z.string(), z.number());

export type IgnoreReason = (typeof IGNORE_REASONS)[number];

export const contract = defineContract({
  name: "intake",
  version: "0.0.0",
  title: "PatchPilot intake",
  description:
    "Accepts incidents: recognises the issues that Sentry creates, confirms them, names suspect files, scores and dedupes.",
  icon: "inbox",
  color: "purple",
  needs:
    "no other PatchPilot action; it works [alone](#alone). Put [`dispatch`](../dispatch) after it to have a repair worker fix what it accepts.",
  signs: true,
  permissions: [
    mayWrite("issues", "writes the incident's record and the phase label"),
    mayRead("contents", "lists the repository's files and the commits that touched them"),
    mayRead("pull-requests", "sees whether a fix is under way already"),
    mayWrite(
      "contents",
      "remembers what each open issue waits for",
      "more than 50 open issues wait, instead of `contents: read`; without it each run asks Sentry about each again",
    ),
    mayWrite(
      "contents",
      "makes the refs that keep an incident from being opened twice",
      "`source: sentry` or `source: task`, instead of `contents: read`",
    ),
  ],
  inputs: requireSentryProjects(
    z.object({
      ...commonInputs,
      ...notifyInputs,
      source: choice(
        ["github", "sentry", "task"],
        "github",
        "`github`: the issues that Sentry's integration creates, and those that someone vouches for. `sentry`: polls Sentry and opens the issues itself. `task`: opens one for the work that `task` describes.",
      ),
      task: words(
        "What to do, in words; with `source: task`, in a run that someone with write access started by hand.",
      ),
      ...sentryInputs,
      "sentry-authors": list(
        ["sentry[bot]", "sentry-io[bot]", "39604003"],
        "Accounts whose issues are Sentry's: bot names or account ids. A GitHub App of your own: `<its slug>[bot]`.",
      ),
      "min-events": integer(1, { least: 1, most: 1_000_000_000 }, "Issues with fewer events are ignored."),
      "min-severity": choice(SEVERITIES, "low", "Issues below it are ignored."),
      "known-secrets": secretLines(
        "Secrets of other steps and of your app, one a line: they, and 12 of their characters that follow each other, are hidden in what is written, in any common encoding.",
      ),
      limit: integer(
        50,
        { least: 1, most: 200 },
        "Most incidents that one run accepts; applied after filtering.",
      ),
      "suspect-files": integer(5, { least: 0, most: 10 }, "Most suspect files that an incident names."),
      "similar-incidents": integer(3, { least: 0, most: 10 }, "Most past incidents that an incident names."),
    }),
  ),
  outputs: z.object({
    ...commonOutputs("JSON array of the issue numbers that are accepted and wait for a repair."),
    accepted: z.array(z.number()).meta({ description: "JSON array of the same issue numbers." }),
    ignored: z
      .array(z.object({ issue: z.number(), reason: z.enum(IGNORE_REASONS), detail: z.string() }))
      .meta({ description: "JSON array of `{issue, reason, detail}`: what this run passed over." }),
    account: z
      .object({
        open: z.number(),
        accepted: counts,
        duplicate: counts,
        waiting: counts,
        ignored: counts,
        complete: z.boolean(),
      })
      .meta({
        description:
          "JSON `{open, accepted, duplicate, waiting, ignored, complete}`: how many open issues Sentry opened, and what each is, by phase, issue, condition or reason. `complete` is false if not all are listed yet, or the run was about some issues alone.",
      }),
  }),
});

export type IntakeInputs = InputsOf<typeof contract>;
