import type { SentrySimulator } from "@patchpilot/simulators/sentry";
import { HOUR } from "@patchpilot/time";
import { addSentry, SENTRY_INPUTS } from "./providers.ts";
import { type ActionRun, perfScan } from "./run-actions.ts";
import { createTestWorld, type TestWorld } from "./world.ts";

const DAYS = 8;
/** Different durations an hour, spread evenly between half and one and a half of the middle, and spans of each. */
const SPREAD = Array.from({ length: 12 }, (_, index) => 0.5 + index / 12);
const OF_EACH = 5;

/** Requests of endpoints, hour by hour, that take so many times as long as they should. */
function recordRequests(
  sentry: SentrySimulator,
  names: readonly string[],
  past: { readonly from: number; readonly hours: number; readonly slower: number; readonly sql?: string },
): void {
  for (let hour = 0; hour < past.hours; hour += 1) {
    const instants = SPREAD.map((_, index) => past.from + (hour + index / SPREAD.length) * HOUR);
    const durations = SPREAD.map((share) => 100 * share * past.slower);
    const what = past.sql === undefined ? { op: "http.server" } : { op: "db", description: past.sql };
    for (const transaction of names)
      sentry.recordSpans({ transaction, ...what, durations, instants, count: OF_EACH });
  }
}

/** Eight days of an endpoint up to now, the last eight hours of which it was slow. */
export function recordSlowDays(sentry: SentrySimulator, now: number): void {
  const from = now - (24 * DAYS + 1) * HOUR;
  const fast = 24 * DAYS - 8;
  recordRequests(sentry, ["GET /slow"], { from, hours: fast, slower: 1 });
  recordRequests(sentry, ["GET /slow"], { from: from + fast * HOUR, hours: 9, slower: 4 });
}

/** A shop that has run for eight days, in which operations became slow with a release. */
export type SlowShop = {
  readonly test: TestWorld;
  readonly sentry: SentrySimulator;
  /** The commit that made it slow. */
  readonly guilty: string;
  /** Lets so many hours pass in which a request takes so many times as long as it should. */
  readonly pass: (hours: number, factor?: number) => void;
  readonly scan: (options?: Partial<ActionRun>) => ReturnType<typeof perfScan>;
};

/**
 * @param shop.operations how many endpoints there are; all become slow.
 * @param shop.slowHours how long ago they did.
 * @param shop.sql the query that is timed; absent: the request.
 */
export function openSlowShop(
  shop: {
    readonly operations?: number;
    readonly slowHours?: number;
    readonly factor?: number;
    readonly sql?: string;
    readonly keepHistory?: boolean;
  } = {},
): SlowShop {
  const { operations = 1, slowHours = 8, factor = 4, keepHistory = false } = shop;
  const test = createTestWorld({ keepHistory });
  const sentry = addSentry(test);
  const { clock, world } = test;
  const names = Array.from({ length: operations }, (_, index) => `GET /checkout/${index}`);
  const pass = (hours: number, slower = 1): void => {
    const query = shop.sql === undefined ? {} : { sql: shop.sql };
    recordRequests(sentry, names, { from: clock.now(), hours, slower, ...query });
    clock.advance(hours * HOUR);
  };
  const push = (message: string, text: string): string =>
    world.as("maya").push({ branch: "main", message, files: { "src/checkout.ts": text } });
  const good = push("Add up in order", "export const total = 2;\n");
  sentry.recordRelease({ version: "shop@1", commits: [{ sha: good }] });
  pass(24 * DAYS - slowHours);
  const guilty = push("Ask for coupons one by one", "export const total = 3;\n");
  sentry.recordRelease({ version: "shop@2", commits: [{ sha: guilty }] });
  pass(slowHours, factor);
  clock.advance(10 * 60_000);
  const scan: SlowShop["scan"] = ({ runId = 1, inputs = {}, ...rest } = {}) =>
    perfScan(test, { runId, inputs: { ...SENTRY_INPUTS, ...inputs }, ...rest });
  return { test, sentry, guilty, pass, scan };
}
