import {
  choice,
  commonInputs,
  commonOutputs,
  defineContract,
  flag,
  type InputsOf,
  list,
  mayRead,
  mayWrite,
  notifyInputs,
  type OutputsOf,
  people,
  secret,
  text,
  words,
} from "@patchpilot/action-kit/contract";
import { REQUIRED_PROOFS } from "@patchpilot/incident";
import { limitInputs } from "@patchpilot/patch-policy/inputs";
import * as z from "zod";

/** What became of the patch. Only `refused` and `unproven` fail the job: the others are how a worker ends in good order. */
export const PROPOSE_VERDICTS = [
  "proposed",
  "exists",
  "planned",
  "unproven",
  "refused",
  "superseded",
  "held",
  "issue-closed",
  "stopped",
  "not-selected",
] as const;
export type ProposeVerdict = (typeof PROPOSE_VERDICTS)[number];

const matching = (pattern: RegExp, hint: string, description: string) =>
  z.string().trim().regex(pattern, hint).optional().meta({ description });

const finding = z.object({
  rule: z.string(),
  told: z.string(),
  path: z.string().optional(),
  line: z.number().optional(),
});

export const contract = defineContract({
  name: "propose",
  version: "0.0.0",
  title: "PatchPilot propose",
  description: "Checks a patch and opens a draft pull request from it, without running any of it.",
  icon: "git-pull-request",
  color: "green",
  needs:
    "no other PatchPilot action; it works [alone](#alone), with any patch. In a repair workflow [`claim`](../claim) and [`repair`](../repair) run before it.",
  permissions: [
    mayWrite("contents", "makes the branch, and passes the gate"),
    mayWrite("pull-requests", "opens the draft pull request"),
    mayRead("issues", "sees whether the incident is still open and not on hold", "`key` is given"),
    mayWrite(
      "issues",
      "shows on the incident's issue whose turn it is, and posts a plan for approval",
      "`key` is given, instead of `issues: read`; without it the next run of `dispatch` shows it, and no plan is posted",
    ),
  ],
  inputs: z.object({
    ...commonInputs,
    patch: text(
      "Path of the patch file, made by `git diff --cached --binary --full-index --no-renames BASE`. Needed unless the result is a plan.",
    ),
    "patch-sha256": matching(
      /^[0-9a-fA-F]{64}$/,
      "is not a SHA-256; pass the 64 hexadecimal digits that the work job put out",
      "SHA-256 of the patch, fixed by the job that made it. Any other bytes are refused. With `key`, needed unless the result is a plan; without, the pull request says that nothing fixed the bytes.",
    ),
    "result-file": text(
      "Path of `result.json`, from `repair`: what the pull request says of plan, checks and budget. Where the result is a plan, it is posted on the incident's issue for approval.",
    ),
    key: matching(
      /^pp-\d+-\d+-a\d+$/,
      "is not the key of an attempt; pass `claim`'s output `key`",
      "Key of the attempt, from `claim`. Absent: the patch belongs to no incident, and is proposed on its own.",
    ),
    "base-sha": matching(
      /^[0-9a-f]{40}$/,
      "is not a commit; pass the 40 digits of the commit that the patch was made on, with `key` `claim`'s output `base-sha`",
      "Commit that the patch applies to. With `key`, from `claim`. Without, a commit of `base`; absent: its newest.",
    ),
    branch: matching(
      /^patchpilot\/(?!.*(\.\.|\/\/|\.lock(\/|$)|\/\.|[./]$))[\w./-]+$/,
      "is not a branch of PatchPilot; pass `claim`'s output `branch`",
      "With `key`: the branch to make, from `claim`. Without, the branch is named after the patch.",
    ),
    base: text("Branch that the pull request is for. Absent: the default branch."),
    "pr-token": secret(
      "Token that makes the branch and opens the pull request; with an App's token CI starts at once. Absent: the `github-token`.",
    ),
    ...limitInputs,
    "setup-command": words(
      "The command of `repair` that installs, if it was given one: a patch that changes a program which it runs is named as changing how it is tested.",
    ),
    "test-command": words("The command of `repair` that tests, if it was given one; for the same."),
    recipe: matching(
      /^[a-z][a-z0-9-]*$/,
      "is not the name of a recipe; pass what `repair` was given",
      "The recipe that `repair` was given, if it was given one; for the same. Absent: the work order's.",
    ),
    proof: choice(
      ["unknown", "tested", "reproduced", "proven"],
      "unknown",
      "What the job `verify` showed of the patch, known by how its steps ended and never by what they put out.",
    ),
    "proof-wall": choice(
      ["unknown", "wall", "limited-wall", "docker", "process", "none"],
      "unknown",
      "The sandbox of the tests, as `repair` named it with `step: wall` before any test ran. In `process`, `none` and what is unknown, the tested code could have said anything: the proof is only claimed.",
    ),
    "require-proof": choice(
      REQUIRED_PROOFS,
      "off",
      "What must be shown of an attempt's patch, behind a wall, before it is published without a maintainer's word: `off`, `reproduced` or `proven`. Give it with the label `patchpilot:go-ahead` on the incident's issue; then run this job again.",
    ),
    title: words(
      "Title of the pull request without `key`. Signs that programs act on become look-alikes: `[skip ci]` is `［skip ci］`. A conventional type in front stays. Absent: `Apply patch`, with the first 12 digits of its SHA-256.",
    ),
    draft: flag(true, "Open the pull request as a draft."),
    labels: list([], "Labels for the pull request."),
    ...notifyInputs,
    reviewers: people(
      "Who is asked for a review: logins, teams such as `@acme/web`, or `codeowners` for the owners of the files that the patch changes. Absent: those that `notify` names.",
    ),
  }),
  outputs: z.object({
    ...commonOutputs("The incident's issue, if a pull request was opened for it in this repository."),
    pr: z
      .union([z.number(), z.literal("")])
      .meta({ description: "Number of the pull request; empty where there is none." }),
    url: z.string().meta({ description: "Address of the pull request; empty where there is none." }),
    verdict: z.enum(PROPOSE_VERDICTS).meta({
      description: `What became of the patch: ${PROPOSE_VERDICTS.map((name) => `\`${name}\``).join(", ")}.`,
    }),
    reasons: z.array(z.string()).meta({ description: "JSON array of sentences that explain the verdict." }),
    findings: z.array(finding).meta({
      description:
        "JSON array of `{rule, told, path, line}`: why the patch is refused, or else what its reviewer should know.",
    }),
  }),
});

export type ProposeInputs = InputsOf<typeof contract>;
export type ProposeOutputs = OutputsOf<typeof contract>;
