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
  mayRead,
  mayWrite,
  notifyInputs,
  posthogInputs,
  repositoryOrAbsent,
  secret,
  sentryInputs,
  text,
  textOr,
  url,
  urlOrAbsent,
  words,
} from "@patchpilot/action-kit/contract";
import * as z from "zod";
import { CHECKS } from "./facts.ts";

const numbers = (description: string) => z.array(z.number()).meta({ description });

const decision = z.object({
  issue: z.number(),
  decision: z.enum(["close", "wait", "retry", "escalate", "reopen", "confirm", "doubt", "watch"]),
  verdict: z.enum([
    "not-deployed",
    "failing",
    "recovered",
    "inconclusive",
    "improved",
    "waiting",
    "unknown",
    "unmeasured",
  ]),
  reason: z.string(),
  needs: z.enum(["traffic", "unread"]).optional(),
  eta: z.string().nullable(),
  checks: z.array(
    z.object({
      name: z.enum(CHECKS),
      state: z.enum(["yes", "no", "unknown", "skipped"]),
      detail: z.string(),
    }),
  ),
});

export const contract = defineContract({
  name: "verify-recovery",
  version: "0.0.0",
  title: "PatchPilot verify-recovery",
  description:
    "Proves from deployments, health, traffic and errors whether a fix helped in production; closes, waits, retries or escalates.",
  icon: "check-circle",
  color: "green",
  needs:
    "[`intake`](../intake) or [`perf-scan`](../perf-scan), which record the incidents that it closes, and [no other](#alone): the fix may be your own.",
  signs: true,
  permissions: [
    mayWrite("issues", "writes the decision, the phase label, and closes what has recovered"),
    mayRead("contents", "sees whether the live commit contains the fix"),
    mayRead("pull-requests", "sees which fix was merged"),
    mayRead("deployments", "sees what is live where Vercel is not asked"),
    mayWrite(
      "contents",
      "keeps the index of watched incidents, so each run sees all of them",
      "more than 50 closed incidents are watched, instead of `contents: read`; without it they are looked at in turn",
    ),
  ],
  inputs: z.object({
    ...commonInputs,
    "vercel-token": secret("Vercel token that can read the project. Absent: Vercel is not asked."),
    "vercel-project": text("Vercel project, by id or name."),
    "vercel-team": text("Vercel team, by id or slug; needed for a team's project."),
    "vercel-url": url("https://api.vercel.com", "Address of Vercel's API."),
    "production-environment": textOr("production", "Environment of GitHub Deployments that counts as live."),
    "deployed-sha": text(
      "Full SHA of the commit that is live. Where it is given, nothing else is asked what is live.",
    ),
    "health-url": urlOrAbsent("Address that answers while the app is well. Absent: health is not asked."),
    "health-status": integer(200, { least: 100, most: 599 }, "Status with which a healthy app answers."),
    "health-body": words("Text that must be in the healthy answer."),
    "health-timeout-ms": integer(10_000, { least: 100, most: 60_000 }, "Time that one answer may take."),
    "health-allow-private": flag(
      false,
      "Lets the health URL lead to a private address, for self-hosted runners that probe their own network.",
    ),
    "vercel-bypass-secret": secret("Secret that lets the health check pass Vercel's deployment protection."),
    ...sentryInputs,
    exposure: choice(
      ["auto", "spans", "sessions", "posthog", "clock"],
      "auto",
      "What errors are counted against. `auto`: the first that has data.",
    ),
    ...posthogInputs,
    "old-clients": choice(
      ["wait", "close"],
      "wait",
      "What becomes of a fix that works while old clients, such as phones, stay. `wait`: it waits, and at the cap a maintainer decides. `close`: it is closed.",
    ),
    "target-repository": repositoryOrAbsent(
      "owner/name of the repository that was repaired. Absent: the incident's.",
    ),
    "target-token": secret(
      "Token for the target repository, with `contents`, `pull-requests` and `deployments: read`. Absent: the `github-token`.",
    ),
    "min-deploy-age-seconds": decimal(
      60,
      { least: 0, most: 86_400 },
      "A younger deployment is not looked at.",
    ),
    "cap-hours": decimalOrAbsent(
      { least: 1, most: 720 },
      "Hours after the deployment at which a person decides. Absent: 72 for rare errors, else 48.",
    ),
    "max-attempts": integer(
      3,
      { least: 1, most: 20 },
      "Attempts in one episode, as in dispatch: a failing fix beyond them is escalated.",
    ),
    ...notifyInputs,
  }),
  outputs: z.object({
    ...commonOutputs("JSON array of the issue numbers that need another attempt: hand them to dispatch."),
    closed: numbers(
      "JSON array of the issues that were closed: recovered, or done where nothing is measured.",
    ),
    waiting: numbers(
      "JSON array of the issues that wait for more evidence, also where you were called meanwhile.",
    ),
    retry: numbers("JSON array of the issues whose fix did not help, and that another attempt may serve."),
    escalated: numbers("JSON array of the issues that a person has to decide."),
    reopened: numbers("JSON array of the issues that were closed as recovered and turned out not to be."),
    decisions: z.array(decision).meta({
      description:
        "JSON array of `{issue, decision, verdict, reason, eta, checks}`. With `needs: traffic`, nobody reaches the app: you were called, and it is decided later. With `needs: unread`, production cannot be read.",
    }),
  }),
});

export type VerifyInputs = InputsOf<typeof contract>;
