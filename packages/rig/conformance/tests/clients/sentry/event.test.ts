import { catchFailure } from "@patchpilot/http/testing";
import { describe, expect } from "vitest";
import { crashEvent, it } from "./simulated-sentry.ts";

describe("an event", () => {
  it("shows exception, frames, tags and release, in the API's camelCase", async ({
    world: { sentry, simulator },
  }) => {
    simulator.recordRelease({ version: "shop@1.0.0", commits: [{ sha: "a".repeat(40) }] });
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.0.0" });
    const event = await sentry.getEvent(simulator.issue("SHOP-1").id);
    expect(event).toMatchObject({
      title: "TypeError: it broke",
      tags: { environment: "production", release: "shop@1.0.0", transaction: "GET /checkout", handled: "no" },
      release: { version: "shop@1.0.0" },
    });
    const frame = event.exceptions[0]?.frames.at(-1);
    expect(frame).toMatchObject({
      path: "src/checkout.ts",
      line: 12,
      inApp: true,
      function: "checkout",
      source: "  return cart.items.length;",
    });
  });

  it("is not found where the environment has none", async ({ world: { sentry, simulator } }) => {
    simulator.recordEvent({ event: crashEvent("TypeError"), environment: "staging" });
    const { id } = simulator.issue("SHOP-1");
    expect((await catchFailure(sentry.getEvent(id, "latest", "production"))).kind).toBe("not-found");
  });
});
