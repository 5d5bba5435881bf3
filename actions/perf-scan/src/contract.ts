import {
  choice,
  commonInputs,
  commonOutputs,
  decimal,
  defineContract,
  flag,
  type InputsOf,
  integer,
  list,
  mayWrite,
  notifyInputs,
  requiredSecret,
  requireSentryProjects,
  sentryInputs,
} from "@patchpilot/action-kit/contract";
import * as z from "zod";

/**
 * What SDKs call operations that work themselves (Sentry's conventions and the SDKs' older names). Left out is what
 * only wraps or frames others: middleware, routers, handlers, views, templates, events, phases of a page load, marks.
 */
const FAMILIES = [
  ...["http", "graphql", "rpc", "grpc", "websocket", "mcp"],
  ...["db", "cache", "redis", "object", "file"],
  ...["queue", "message", "topic", "celery", "task", "job", "cron", "console", "function", "subprocess"],
  ...["gen_ai", "ai"],
  ...["pageload", "navigation", "ui", "resource", "app"],
];

const bottleneck = z.object({
  transaction: z.string(),
  op: z.string(),
  description: z.string(),
  count: z.number(),
  p75: z.number().nullable(),
  p95: z.number(),
  p99: z.number().nullable(),
  baselineP95: z.number().nullable(),
  change: z.number().nullable(),
  /** `insufficient`: it looks slow, and the numbers do not suffice to say so. */
  verdict: z.enum(["regressed", "slow", "insufficient"]),
  issue: z.number().nullable(),
});

export const contract = defineContract({
  name: "perf-scan",
  version: "0.0.0",
  title: "PatchPilot performance scan",
  description:
    "Finds operations that became slow in production, by Sentry's spans, and opens one incident for each with its evidence.",
  icon: "activity",
  color: "red",
  needs:
    "no other PatchPilot action; it works [alone](#alone). Put [`dispatch`](../dispatch) after it to have a repair worker fix what it opens.",
  signs: true,
  permissions: [
    mayWrite("issues", "opens the incident, writes its record and the phase label"),
    mayWrite("contents", "makes the refs that keep an incident from being opened twice; compares releases"),
  ],
  inputs: requireSentryProjects(
    z.object({
      ...commonInputs,
      ...notifyInputs,
      ...sentryInputs,
      "sentry-token": requiredSecret(
        "Sentry token with `event:read`, `org:read` and `project:read`.",
        "is missing, and a performance scan reads only Sentry; pass an internal integration's, with `event:read`, `org:read` and `project:read`",
      ),
      "window-hours": integer(24, { least: 1, most: 168 }, "Hours that are judged, up to the last full one."),
      baseline: choice(
        ["previous-week", "previous-window"],
        "previous-week",
        "What it is compared with. `previous-week`: the same hours of the week before. `previous-window`: the same hours of the day before (of as many days as the window has); for services that are younger than a week.",
      ),
      "p95-threshold-ms": integer(
        1000,
        { least: 1, most: 3_600_000 },
        "An operation whose p95 is over it is slow, whatever it was before. Jobs, functions, models, whole pages and their parts may take long: they must exceed twice their p95 of before, too.",
      ),
      "min-change": decimal(
        1.15,
        { least: 1.01, most: 100 },
        "Least p95 against the baseline's that is a regression.",
      ),
      "min-samples": integer(
        100,
        { least: 20, most: 1_000_000 },
        "Operations with fewer stored spans are not judged. Stored, not extrapolated: what sampling left.",
      ),
      operations: list(
        FAMILIES,
        "Families of operations that are judged, by Sentry's `span.op`: `db` is `db` and all that begins with `db.`; `grpc*` all that begins with `grpc`; `*` everything. The run says which kinds exist and were not judged.",
      ),
      limit: integer(
        10,
        { least: 1, most: 50 },
        "Most incidents that one run opens; applied after judging. Three times as many operations are judged.",
      ),
      "include-sentry-regressions": flag(
        true,
        "Look at the endpoint regressions that Sentry itself reports, too.",
      ),
      "suspect-files": integer(5, { least: 0, most: 10 }, "Most suspect files that an incident names."),
    }),
  ),
  outputs: z.object({
    ...commonOutputs("JSON array of the issue numbers that are accepted and wait for a repair."),
    opened: z
      .array(z.number())
      .meta({ description: "JSON array of the issues that this run opened or reopened." }),
    updated: z
      .array(z.number())
      .meta({ description: "JSON array of the issues whose record this run brought up to date." }),
    bottlenecks: z.array(bottleneck).meta({
      description:
        "JSON array of `{transaction, op, description, count, p75, p95, p99, baselineP95, change, verdict, issue}`, worst first. Durations in ms, `change` is p95 over the baseline's, `verdict` is `regressed`, `slow` or `insufficient`. Names are cleaned texts.",
    }),
    unjudged: z.array(z.string()).meta({
      description:
        "JSON array of the values of `span.op` that Sentry has and `operations` leaves out, most time first.",
    }),
  }),
});

export type PerfScanInputs = InputsOf<typeof contract>;
