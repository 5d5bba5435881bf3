import { narrowToReleases } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { describe, expect } from "vitest";
import { it, type startSentry } from "./simulated-sentry.ts";

type World = ReturnType<typeof startSentry>;

const CART = { project: "shop", transaction: "GET /cart", op: "http.server", description: "GET /cart" };
const PAY = { ...CART, transaction: "POST /pay", description: "POST /pay" };

const window = ({ clock }: World) => ({
  from: new Date(clock.now() - 4 * HOUR),
  to: new Date(clock.now()),
  environment: "production",
});

function record(
  { simulator, clock }: World,
  operation: typeof CART,
  release: string | undefined,
  count: number,
) {
  const { transaction, op } = operation;
  const where = release === undefined ? {} : { release };
  const at = clock.now() - 1.5 * HOUR;
  simulator.recordSpans({ transaction, op, durations: [10, 90], count, at, sampleRate: 0.5, ...where });
}

describe("the releases in which operations were used", () => {
  it("are told with their stored spans, the busiest first, in one request", async ({ world }) => {
    record(world, CART, "old", 3);
    record(world, CART, "new", 20);
    record(world, CART, undefined, 1);
    record(world, PAY, "old", 7);
    const [pay, cart] = await world.sentry.operationReleases(window(world), [PAY, CART]);
    expect(pay).toEqual([{ release: "old", samples: 14 }]);
    expect(cart).toEqual([
      { release: "new", samples: 40 },
      { release: "old", samples: 6 },
      { release: null, samples: 2 },
    ]);
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("are none where nobody used it, and unknown where Sentry looked at a part only", async ({ world }) => {
    expect(await world.sentry.operationReleases(window(world), [CART])).toEqual([[]]);
    world.simulator.setPartialScans(true);
    expect(await world.sentry.operationReleases(window(world), [CART])).toEqual([undefined]);
  });

  it("are read page by page", async ({ world }) => {
    for (let build = 0; build < 130; build += 1) record(world, CART, `build-${build}`, 1);
    const [releases] = await world.sentry.operationReleases(window(world), [CART]);
    expect(releases).toHaveLength(130);
  });
});

describe("an operation that is narrowed to releases", () => {
  it("is counted in these alone, above its threshold as well", async ({ world }) => {
    record(world, CART, "old", 3);
    record(world, CART, 'new "1"', 20);
    record(world, PAY, 'new "1"', 5);
    const narrowed = narrowToReleases(CART, ['new "1"', "newer"]);
    const [hours] = await world.sentry.operationHours(window(world), [narrowed]);
    const [above] = await world.sentry.exceedingHours(window(world), [
      { operation: narrowed, threshold: 50 },
    ]);
    const sum = (rows: readonly { samples: number }[] = []) =>
      rows.reduce((all, { samples }) => all + samples, 0);
    expect([sum(hours?.hours), sum(above?.hours)]).toEqual([40, 20]);
  });

  it("says how much of it is stored", async ({ world }) => {
    record(world, CART, "new", 20);
    const [hours] = await world.sentry.operationHours(window(world), [CART]);
    expect(hours?.hours.map(({ sampleRate }) => sampleRate)).toContain(0.5);
  });
});
