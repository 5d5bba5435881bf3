import { operationKey } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { makeWorld, recordIn, said, scan, type World } from "./testing/fake-ports.ts";
import { afterChange, recoveredAt } from "./testing/incidents.ts";
import { type Course, deployed, NOON, NOW, operation, slowed } from "./testing/spans.ts";

const KEY = operationKey("acme", "production", operation());

/** Opens the incident of one slow operation, and makes it known to the next scan. */
async function opened(course: Course): Promise<World> {
  const world = makeWorld({ courses: [course] });
  await scan(world);
  const [change] = world.changes;
  if (change === undefined) throw new Error("Nothing was opened.");
  return makeWorld({ courses: [course], incidents: new Map([[KEY, afterChange(change)]]) });
}

describe("an operation that became slower", () => {
  it("is opened as an incident with its numbers", async () => {
    const world = makeWorld({ courses: [slowed(3)] });
    const { outputs } = await scan(world);
    expect(outputs).toMatchObject({
      opened: [900],
      updated: [],
      issues: [900],
      count: 1,
      bottlenecks: [
        { transaction: "GET /api/checkout", op: "http.server", verdict: "regressed", issue: 900 },
      ],
    });
    expect(recordIn(world)).toMatchObject({
      kind: "performance",
      phase: "accepted",
      key: KEY,
      episode: 1,
      performance: { verdict: "regressed", breakpoint: new Date(NOON - 8 * HOUR).toISOString() },
    });
  });

  it("is one incident whatever the release", async () => {
    const before = makeWorld({ courses: [slowed(3)], releases: [deployed("shop@a", 9)] });
    const after = makeWorld({ courses: [slowed(3)], releases: [deployed("shop@b", 8.5)] });
    await scan(before);
    await scan(after);
    expect(recordIn(after).release).toBe("shop@b");
    expect(after.drafts[0]?.key).toBe(before.drafts[0]?.key);
    expect(recordIn(after).fingerprint).toBe(recordIn(before).fingerprint);
  });

  it("names the release that came with it, its commits and files", async () => {
    const world = makeWorld({
      courses: [slowed(3)],
      releases: [deployed("shop@c", 2), deployed("shop@b", 8.5), deployed("shop@a", 50)],
      comparison: {
        commits: [{ sha: "d".repeat(40), date: "2026-11-20T03:00:00Z", headline: "Read coupons one by one" }],
        files: ["src/api/checkout.ts", "README.md"],
      },
    });
    await scan(world);
    expect(world.asked).toContain("compare aaaa bbbb");
    expect(recordIn(world)).toMatchObject({
      release: "shop@b",
      suspectFiles: ["src/api/checkout.ts"],
      performance: { previousRelease: "shop@a" },
    });
    expect(recordIn(world).confidence).toBeGreaterThanOrEqual(0.75);
    expect(world.changes[0]?.records[0]?.text).toContain("Read coupons one by one");
  });

  it("does not suspect the release of another project that came at the same hour", async () => {
    const releases = [
      deployed("web@c", 8.2),
      deployed("shop@b", 9),
      deployed("web@d", 10),
      deployed("shop@a", 50),
    ];
    const world = makeWorld({ courses: [slowed(3)], releases });
    await scan(world);
    expect(recordIn(world)).toMatchObject({
      release: "shop@b",
      performance: { previousRelease: "shop@a" },
    });
  });

  it("asks Sentry six times for ten operations", async () => {
    const courses = Array.from({ length: 10 }, (_, index) => slowed(3, 8, { transaction: `GET /${index}` }));
    const world = makeWorld({ courses, releases: [deployed("shop@b", 9)] });
    const { outputs } = await scan(world);
    const sentry = ["table", "hours", "exceeding", "regressions", "breakpoint", "releases"];
    expect(outputs.opened).toHaveLength(10);
    expect(world.asked.filter((one) => sentry.includes(one))).toHaveLength(6);
  });
});

describe("a second scan", () => {
  it("writes nothing when nothing changed", async () => {
    const world = await opened(slowed(3));
    const { outputs } = await scan(world);
    expect(world.drafts).toEqual([]);
    expect(world.changes.flatMap(({ records }) => records)).toEqual([]);
    expect(outputs).toMatchObject({ opened: [], updated: [], issues: [900] });
  });

  it("notes numbers that moved by more than a quarter, and keeps what was frozen", async () => {
    const world = await opened(slowed(3));
    world.courses = [slowed(6)];
    const { outputs } = await scan(world);
    expect(outputs.updated).toEqual([900]);
    const [write] = world.changes[0]?.records ?? [];
    expect(write?.text).toContain("#### Latest scan");
    expect(write?.data).toMatchObject({ performance: { latest: { verdict: "regressed" } } });
    expect(write?.data).toMatchObject({ acceptedAt: NOW.toISOString() });
  });

  it("writes the newer numbers in place of the older ones", async () => {
    const world = await opened(slowed(3));
    world.courses = [slowed(6)];
    await scan(world);
    const [change] = world.changes;
    const again = makeWorld({ courses: [slowed(12)] });
    if (change) again.incidents.set(KEY, afterChange(change));
    await scan(again);
    expect(again.changes[0]?.records[0]?.text.match(/#### Latest scan/g)).toHaveLength(1);
  });

  it("leaves an incident that a person holds", async () => {
    const world = await opened(slowed(3));
    const [[, known] = []] = [...world.incidents];
    if (known) world.incidents.set(KEY, { ...known, labels: ["patchpilot:hold"] });
    world.courses = [slowed(6)];
    const { lines } = await scan(world);
    expect(world.changes).toEqual([]);
    expect(said(lines)).toContain("patchpilot:hold");
  });
});

describe("an incident that was closed", () => {
  /** Twelve hours after it was opened, and so many after it was closed. */
  const closed = async (hoursAgo: number): Promise<World> => {
    const world = await opened(slowed(3));
    world.now = new Date(NOW.getTime() + 12 * HOUR);
    const [[, known] = []] = [...world.incidents];
    const at = new Date(NOON + (12 - hoursAgo) * HOUR).toISOString();
    if (known) world.incidents.set(KEY, recoveredAt(known, at));
    return world;
  };

  it("is reopened, as its next episode, when it is slow since the close", async () => {
    const world = await closed(7);
    const { outputs } = await scan(world);
    expect(outputs.opened).toEqual([900]);
    expect(world.changes[0]).toMatchObject({
      state: "reopen",
      phase: "accepted",
      records: [{ data: { episode: 2 } }],
    });
    expect(world.drafts).toEqual([]);
  });

  it("stays closed while too little was measured since", async () => {
    const world = await closed(1);
    world.courses = [slowed(3, 8, {}, 50)];
    await scan(world);
    expect(world.changes).toEqual([]);
  });

  it("stays closed where someone closed it as not planned", async () => {
    const world = await closed(7);
    const [[, known] = []] = [...world.incidents];
    if (known === undefined) throw new Error("There is no incident.");
    world.incidents.set(KEY, { ...known, phase: "dismissed", stateReason: "NOT_PLANNED" });
    await scan(world);
    expect(world.changes).toEqual([]);
  });
});

describe("what is not conclusive", () => {
  it.each([
    ["a part of the data", { partial: true }],
    ["numbers that Sentry has little confidence in", { certainty: "low" }],
  ] as const)("opens nothing: %s", async (_, parts) => {
    const world = makeWorld({ courses: [slowed(3)], ...parts });
    const { outputs } = await scan(world);
    expect(world.drafts).toEqual([]);
    expect(outputs.bottlenecks).toMatchObject([{ verdict: "insufficient", issue: null }]);
  });

  it("opens nothing on many requests of which few were stored", async () => {
    const world = makeWorld({ courses: [{ ...slowed(9, 24, {}, 1000), sampled: 0.003 }] });
    const { outputs } = await scan(world);
    expect(world.drafts).toEqual([]);
    expect(outputs.bottlenecks).toMatchObject([{ verdict: "insufficient", count: 24_000 }]);
  });

  it("is not a scan without any spans", async () => {
    await expect(scan(makeWorld())).rejects.toThrow(/no spans .* check `environment`/);
  });
});

it("keeps the threshold of an operation that takes microseconds", async () => {
  const tiny = slowed(3);
  const world = makeWorld({ courses: [{ ...tiny, p95: (at) => tiny.p95(at) / 5000 }] });
  await scan(world);
  expect(recordIn(world).performance?.aboveMs).toBeCloseTo(0.034, 2);
  expect(recordIn(world).performance?.aboveMs).toBeGreaterThan(0);
  expect(world.changes[0]?.records[0]?.text).toContain("| p95 | 0.0");
  expect(world.changes[0]?.records[0]?.text).not.toContain("0.0 ms");
});

describe("what is slow and always was", () => {
  it("is opened, under the confidence that dispatch asks for", async () => {
    const world = makeWorld({ courses: [{ operation: operation(), perHour: 100, p95: () => 4000 }] });
    await scan(world);
    expect(recordIn(world)).toMatchObject({ performance: { verdict: "slow" } });
    expect(recordIn(world).confidence).toBeLessThan(0.75);
  });

  it("does not hide what became slower among many", async () => {
    const always = Array.from({ length: 15 }, (_, index) => ({
      operation: operation({ transaction: `GET /report/${index}` }),
      perHour: 100,
      p95: () => 30_000,
    }));
    const world = makeWorld({ courses: [...always, slowed(2)] });
    const { outputs } = await scan(world, { limit: "6" });
    expect(outputs.bottlenecks.find(({ verdict }) => verdict === "regressed")?.issue).toBe(900);
    expect(outputs.opened).toHaveLength(6);
  });
});

describe("the inputs", () => {
  it.each([
    ["8", "the same hours of the day before"],
    ["30", "the same hours 2 days before"],
  ])("compare %s hours with those of whole days before, and say so", async (hours, words) => {
    const atNight = (at: number) => new Date(at).getUTCHours() < 6;
    const course = {
      ...slowed(3),
      p95: (at: number) => (at >= NOON - 8 * HOUR ? 900 : atNight(at) ? 100 : 200),
    };
    const world = makeWorld({ courses: [course] });
    await scan(world, { baseline: "previous-window", "window-hours": hours });
    const text = world.changes[0]?.records[0]?.text ?? "";
    expect(text).toContain(`| Compared with | ${words} |`);
    const [night, day] = ["2026-11-20 04:00", "2026-11-20 08:00"].map(
      (hour) =>
        text
          .split("\n")
          .find((line) => line.startsWith(`| ${hour}`))
          ?.split("|")[4],
    );
    expect([Number(night) < 110, Number(day) > 180]).toEqual([true, true]);
  });

  it("ask for nothing where `issues` is empty", async () => {
    const world = makeWorld({ courses: [slowed(3)] });
    expect((await scan(world, { issues: "" })).outputs.count).toBe(0);
    expect(world.asked).toEqual([]);
  });

  it("open nothing else where issues are named", async () => {
    const world = await opened(slowed(3));
    world.courses = [slowed(6), slowed(6, 8, { transaction: "GET /other" })];
    const { outputs } = await scan(world, { issues: "900" });
    expect(outputs).toMatchObject({ opened: [], updated: [900] });
  });

  it.each([{ "dry-run": "true" }, { stop: "true" }])("write nothing with %j", async (given) => {
    const world = makeWorld({ courses: [slowed(3)] });
    const { outputs, lines } = await scan(world, given);
    expect([world.drafts, world.changes]).toEqual([[], []]);
    expect(outputs).toMatchObject({ opened: [], issues: [] });
    expect(said(lines)).toContain("Would open an incident: GET /api/checkout");
  });
});
