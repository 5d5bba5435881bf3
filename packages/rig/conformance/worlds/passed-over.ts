import { errorNamed, fail, type IntakeWorld } from "./intake-world.ts";
import type { ActionRun } from "./run-actions.ts";

/** An issue that a run passes over, and what makes it an incident later. */
export type PassedOver = {
  readonly name: string;
  readonly inputs?: ActionRun["inputs"];
  readonly before: (test: IntakeWorld) => void;
  /** Why the first run passes it over; null: it does not. */
  readonly state: string;
  readonly change: (test: IntakeWorld) => void;
};

/** Issue 1, or 2 where another one has to be there first. */
const SHORT_ID = "SHOP-1";

/** Events of the error of `fail(test, name)` that say something else. */
function failAs(
  test: IntakeWorld,
  name: string,
  as: object,
  fed: { count?: number; environment?: string } = {},
): void {
  const { count = 3, ...place } = fed;
  const instants = Array.from({ length: count }, () => test.clock.now());
  test.sentry.recordEvent({
    event: { ...errorNamed(name), ...as },
    release: "shop@1.2.4",
    instants,
    ...place,
  });
  test.clock.advance(60_000);
}

/** Somebody with access begins a fix. @returns the number of the pull request */
function openFix({ world }: IntakeWorld): number {
  world.as("maya").push({ branch: "fix", message: "Fix", files: { "src/fix.ts": "// fix\n" } });
  return world.as("maya").openPull({ head: "fix", base: "main", title: "Fix", body: "Fixes #1" }).number;
}

const handled = { level: "warning" } as const;

export const PASSED_OVER: readonly PassedOver[] = [
  {
    name: "has few events, then very many",
    inputs: { "min-events": "5" },
    before: (test) => fail(test, "total", 1),
    state: "waiting/below-threshold",
    change: (test) => fail(test, "total", 200),
  },
  {
    name: "is mild, then escalates",
    inputs: { "min-severity": "high" },
    before: (test) => {
      failAs(test, "total", handled);
      test.sentry.issue(SHORT_ID).priority = "low";
    },
    state: "waiting/below-threshold",
    change: (test) => {
      Object.assign(test.sentry.issue(SHORT_ID), {
        level: "fatal",
        priority: "high",
        substatus: "escalating",
      });
      fail(test, "total", 200);
    },
  },
  {
    name: "is archived until it escalates",
    before: (test) => {
      fail(test, "total");
      test.sentry.setStatus(SHORT_ID, "ignored");
    },
    state: "waiting/archived",
    change: (test) => {
      test.sentry.setStatus(SHORT_ID, "unresolved");
      test.sentry.issue(SHORT_ID).substatus = "escalating";
    },
  },
  {
    name: "is resolved in Sentry, then comes back",
    before: (test) => {
      fail(test, "total");
      test.sentry.setStatus(SHORT_ID, "resolved");
    },
    state: "waiting/resolved",
    change: (test) => fail(test, "total"),
  },
  {
    name: "comes from staging, then from production",
    before: (test) => failAs(test, "total", {}, { environment: "staging" }),
    state: "waiting/wrong-environment",
    change: (test) => fail(test, "total", 1),
  },
  {
    name: "has a fix that is closed unmerged",
    before: (test) => {
      fail(test, "total");
      openFix(test);
    },
    state: "waiting/fix-in-flight",
    change: ({ world }) => {
      const fix = world
        .repository("acme/shop")
        .issues.list()
        .find(({ pull }) => pull !== null);
      world.as("maya").closePull(fix?.number ?? 0);
    },
  },
  {
    name: "has a fix by Seer that comes to nothing",
    before: (test) => {
      fail(test, "total");
      test.sentry.setOpenFixPr(SHORT_ID, true);
    },
    state: "waiting/fix-in-flight",
    change: ({ sentry }) => sentry.setOpenFixPr(SHORT_ID, false),
  },
  {
    name: "is held, then let go",
    before: (test) => {
      fail(test, "total");
      test.world.as("maya").label(1, "patchpilot:hold");
    },
    state: "waiting/held",
    change: ({ world }) => world.as("maya").unlabel(1, "patchpilot:hold"),
  },
];

/** Two errors at one place, two issues in Sentry. */
export function failTwice(test: IntakeWorld): void {
  fail(test, "total");
  const event = { ...errorNamed("total"), fingerprint: ["another"] };
  test.sentry.recordEvent({ event, release: "shop@1.2.4" });
  test.clock.advance(60_000);
}
