import { DAY, HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { ANCHOR, aCounting, PLACED } from "../../testing/counting.ts";
import { errorsEvery, history, NOW, steadyTraffic } from "../../testing/world.ts";
import type { Counting } from "../errors/count.ts";
import type { OperationRequests } from "../sources.ts";
import { nameOperations, recount } from "./count.ts";

const errors = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, count]) => ({ transaction: name === "" ? null : name, count }));

describe("the operations of an error", () => {
  test("are the fewest that hold nine tenths of its events, the most frequent first", () => {
    expect(nameOperations(errors({ "GET /a": 1, "POST /b": 30, "PUT /c": 69 }))).toEqual([
      "PUT /c",
      "POST /b",
    ]);
  });

  test("are not known where events name none", () => {
    expect(nameOperations([])).toEqual([]);
    expect(nameOperations(errors({ "": 100 }))).toEqual([]);
    expect(nameOperations(errors({ "": 11, "POST /b": 89 }))).toEqual([]);
    expect(nameOperations(errors({ "": 10, "POST /b": 90 }))).toEqual(["POST /b"]);
  });

  test("are not known where each event names another address", () => {
    const addresses = Array.from({ length: 20 }, (_, id) => [`GET /orders/${id}`, 5]);
    expect(nameOperations(errors(Object.fromEntries(addresses)))).toEqual([]);
  });

  test("are not known from a table that was cut after one of them", () => {
    expect(nameOperations(errors({ "GET /orders/1": 5 }), 100)).toEqual([]);
    expect(nameOperations(errors({ "PUT /cart": 95 }), 100)).toEqual(["PUT /cart"]);
  });

  test.each(["GET /health", "/api/health", "GET /healthz", "GET /livez", "/api/v1/ready/", "HEAD /up"])(
    "are not %s, which is only probed",
    (probe) => expect(nameOperations(errors({ [probe]: 100 }))).toEqual([]),
  );

  test("may be called as a probe begins", () => {
    expect(nameOperations(errors({ "GET /health-plans": 100 }))).toEqual(["GET /health-plans"]);
  });
});

const anchor = ANCHOR;
const from = NOW - 15 * DAY;
const length = Math.floor((NOW - 2 * 60_000 - from) / BUCKET);

/** The same, of requests. */
const counting = (more: Partial<Counting> = {}): Counting =>
  aCounting({ traffic: { source: "spans", exposure: steadyTraffic() }, ...more });

/** Requests of one operation in five minutes, before the deploy and since. */
const requests = (before: number, since: number, samples = 10_000): OperationRequests => ({
  from,
  counts: Array.from({ length }, (_, bucket) => (from + bucket * BUCKET < anchor ? before : since)),
  samples,
});

const recountIt = (seen: readonly (OperationRequests | undefined)[], more: Partial<Counting> = {}) =>
  recount(
    counting(more),
    seen.map((_, index) => `GET /${index}`),
    seen,
  ).fact;

describe("errors against the requests of their operations", () => {
  test("are counted by what these had before and since", () => {
    const fact = recountIt([requests(2, 1), requests(1, 0)]);
    const weekOfBuckets = 7 * 288;
    expect(fact).toMatchObject({
      state: "counted",
      names: ["GET /0", "GET /1"],
      summary: { E0: expect.closeTo(3 * weekOfBuckets), E: expect.closeTo(119) },
    });
  });

  test("have next to none where nobody has used them", () => {
    const fact = recountIt([requests(2, 0)]);
    expect(fact.state === "counted" && fact.summary.E).toBeLessThan(0.001);
  });

  test("have none where a sampled operation stopped", () => {
    expect(recountIt([requests(2, 0, 60)]).state).toBe("counted");
  });

  const perHour = (counts: OperationRequests): OperationRequests => ({
    ...counts,
    counts: counts.counts.map((count, bucket) => (bucket % 12 === 0 ? count : 0)),
    samples: 330,
  });
  const eachHour = { knownFrom: anchor - 7 * DAY, points: errorsEvery(60, anchor - 7 * DAY, anchor) };

  test("are counted where a job runs each hour, and stopped", () => {
    const fact = recountIt([perHour(requests(1, 0))], { history: eachHour });
    expect(fact.state === "counted" && fact.summary.E).toBe(0);
  });

  test("are counted where a job runs each hour, and goes on", () => {
    const fact = recountIt([perHour(requests(1, 1))], { history: eachHour });
    expect(fact.state === "counted" && fact.summary.E).toBeGreaterThan(8);
  });

  test("are counted where a job runs now and then, and each run is stored", () => {
    const history = { knownFrom: anchor - 7 * DAY, points: errorsEvery(600, anchor - 7 * DAY, anchor) };
    expect(recountIt([requests(0.06, 0.06, 250)], { history }).state).toBe("counted");
  });

  test("are split among releases as the requests of the project are", () => {
    const { releases, ...all } = steadyTraffic();
    const split = (share: number) => (releases[0]?.counts ?? []).map((count) => count * share);
    const exposure = {
      ...all,
      byRelease: true,
      releases: [
        { release: "shop@1", counts: split(0.75) },
        {
          release: "shop@2",
          counts: split(0.25).map((count, i) => (from + i * BUCKET < anchor ? 0 : count)),
        },
      ],
    };
    const fact = recountIt([requests(3, 4)], { placements: PLACED, traffic: { source: "spans", exposure } });
    expect(fact.state === "counted" && fact.summary.E).toBeCloseTo(119, 0);
  });

  test.each<[string, readonly (OperationRequests | undefined)[], Partial<Counting>]>([
    ["one of them was never seen", [requests(2, 1), undefined], {}],
    ["too few are stored", [requests(2, 1, 49)], {}],
    ["so few are stored that errors seem to come in bursts", [requests(2, 1, 299)], {}],
    ["they are fewer than the errors", [requests(0.01, 0.01)], {}],
    [
      "there are errors since, and no requests",
      [requests(2, 0)],
      {
        history: { ...history(10), points: [...history(10).points, ...errorsEvery(300, anchor + HOUR, NOW)] },
      },
    ],
    [
      "requests are not what is counted",
      [requests(2, 1)],
      { traffic: { source: "sessions", exposure: steadyTraffic() } },
    ],
  ])("are not counted where %s", (_, seen, more) => {
    expect(recountIt(seen, more)).toEqual({ state: "none" });
  });
});
