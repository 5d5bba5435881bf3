import { contract } from "@patchpilot/action-perf-scan/contract";
import { listenAs } from "@patchpilot/simulators";
import { HOUR } from "@patchpilot/time";
import { expect, test } from "vitest";
import { permissionsWhen } from "../../worlds/permissions-of.ts";
import { createSentry, SENTRY_INPUTS } from "../../worlds/providers.ts";
import { createTestWorld, STATE_KEY } from "../../worlds/world.ts";
import { readAnnotations, runBundle } from "./support/run-bundle.ts";

/** `span.op` as SDKs send it, and whether it is the transaction itself. */
const SENT: readonly (readonly [op: string, isWhole: boolean])[] = [
  ["http.server", true],
  ["navigation", true],
  ["pageload", true],
  ["queue.task.celery", true],
  ["function.aws.lambda", true],
  ["grpc.server", true],
  ["graphql.server", true],
  ["db", false],
  ["db.sql.active_record", false],
  ["db.sql.query", false],
  ["db.query", false],
  ["db.sql.execute", false],
  ["db.redis", false],
  ["http.client", false],
  ["gen_ai.chat", false],
];
const LEFT_OUT = ["middleware.django", "view.process_action.action_controller"];
/** Durations of an hour as shares of the middle, and how many spans have each: sixty an hour. */
const SPREAD = Array.from({ length: 12 }, (_, index) => 0.5 + index / 12);
const EQUAL = [1];
const DAYS = 9;

/** Nine days of operations that took 200 ms, and since eight hours 3,500. */
async function scan(ops: typeof SENT, more: Readonly<Record<string, string>> = {}, shares = SPREAD) {
  const world = createTestWorld();
  const { simulator: sentry, door } = await listenAs((url) => createSentry(world.clock, url));
  const from = Math.ceil(world.clock.now() / HOUR) * HOUR;
  for (let hour = 0; hour < 24 * DAYS; hour += 1) {
    const middle = hour < 24 * DAYS - 8 ? 200 : 3500;
    const durations = shares.map((share) => middle * share);
    const instants = shares.map((_, index) => from + (hour + index / shares.length) * HOUR);
    for (const [op, isWhole] of ops) {
      const inner = isWhole ? {} : { description: `what ${op} does` };
      sentry.recordSpans({
        transaction: `/of/${op}`,
        op,
        ...inner,
        durations,
        instants,
        count: 60 / shares.length,
      });
    }
  }
  world.clock.advance(from + 24 * DAYS * HOUR - world.clock.now() + 600_000);
  try {
    const step = await runBundle(world, contract, {
      inputs: {
        "state-key": STATE_KEY,
        ...SENTRY_INPUTS,
        "sentry-url": door.url,
        "dry-run": "true",
        ...more,
      },
      permissions: permissionsWhen(contract, "always"),
    });
    return {
      outcome: step.outcome,
      found: (JSON.parse(step.outputs["bottlenecks"] ?? "[]") as { op: string; verdict: string }[])
        .map(({ op, verdict }) => `${verdict} ${op}`)
        .toSorted(),
      unjudged: JSON.parse(step.outputs["unjudged"] ?? "[]") as string[],
      notices: readAnnotations(step, "notice").join("\n"),
      errors: readAnnotations(step, "error").join("\n"),
      summary: step.summary,
      asked: sentry.requests.length,
    };
  } finally {
    await door.close();
  }
}

test("every kind of operation that SDKs send is judged, and what is not is named", async () => {
  const left = LEFT_OUT.map((op) => [op, false] as const);
  const { found, unjudged, notices, summary } = await scan([...SENT, ...left]);
  expect(found).toEqual(SENT.map(([op]) => `regressed ${op}`).toSorted());
  expect(unjudged.toSorted()).toEqual(LEFT_OUT);
  for (const op of LEFT_OUT) for (const text of [notices, summary]) expect(text).toContain(`\`${op}\``);
});

test("what takes the same each time is found, too, although no test of its spread can show it", async () => {
  const { found } = await scan(SENT, {}, EQUAL);
  expect(found).toEqual(SENT.map(([op]) => `slow ${op}`).toSorted());
});

test("a family that a user names is judged alone, and the others are named", async () => {
  const { found, unjudged } = await scan(SENT.slice(0, 9), { operations: "db" });
  expect(found).toEqual(["regressed db", "regressed db.sql.active_record"]);
  expect(unjudged.toSorted()).toEqual(
    SENT.slice(0, 7)
      .map(([op]) => op)
      .toSorted(),
  );
});

test("a shop that has nothing but what is left out hears what it has", async () => {
  const { outcome, errors } = await scan([["middleware.django", false]]);
  expect(outcome).toBe("failure");
  expect(errors).toContain("It has spans of `middleware.django`: add those that count to `operations`.");
});
