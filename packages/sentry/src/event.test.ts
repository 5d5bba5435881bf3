import { describe, expect, it } from "vitest";
import { eventSchema } from "./event.ts";
import { crash, failureOf, startSentry } from "./testing/simulated-sentry.ts";

describe("an event", () => {
  it("shows exception, frames, tags and release, in the API's camelCase", async () => {
    const { sentry, simulator } = startSentry();
    simulator.recordRelease({ version: "shop@1.0.0", commits: [{ sha: "a".repeat(40) }] });
    simulator.recordEvent({ event: crash("TypeError"), release: "shop@1.0.0" });
    const event = await sentry.getEvent(simulator.issue("SHOP-1").id);
    expect(event).toMatchObject({
      title: "TypeError: it broke",
      tags: { environment: "production", release: "shop@1.0.0", transaction: "GET /checkout", handled: "no" },
      release: { version: "shop@1.0.0" },
      releaseCommit: "a".repeat(40),
    });
    const frame = event.exceptions[0]?.frames.at(-1);
    expect(frame).toMatchObject({
      path: "src/checkout.ts",
      line: 12,
      inApp: true,
      function: "checkout",
      source: "  return cart.items.length;",
    });
    expect(simulator.violations).toEqual([]);
  });

  it("is not found where the environment has none", async () => {
    const { sentry, simulator } = startSentry();
    simulator.recordEvent({ event: crash("TypeError"), environment: "staging" });
    const { id } = simulator.issue("SHOP-1");
    expect((await failureOf(sentry.getEvent(id, "latest", "production"))).kind).toBe("not-found");
  });

  it("takes its release from the tag where the object is missing", () => {
    const event = eventSchema().parse({
      eventID: "e",
      release: null,
      tags: [{ key: "release", value: "1.2.3" }],
    });
    expect(event.release).toEqual({ version: "1.2.3", dateCreated: null });
  });

  it("is read although everything in it may be null or odd", () => {
    const event = eventSchema().parse({
      eventID: "e",
      tags: [null, { key: "environment", value: 3 }],
      entries: [
        {
          type: "exception",
          data: { values: [null, { type: null, stacktrace: { frames: [null, { lineNo: "x" }] } }] },
        },
        { type: "breadcrumbs", data: null },
        { type: "brand-new", data: { anything: true } },
      ],
      errors: [{ type: "js_no_source" }, null],
      occurrence: { evidenceDisplay: [{ name: "Regression", value: "p95", important: true }] },
    });
    expect(event.tags).toEqual({ environment: "3" });
    expect(event.exceptions[0]?.frames[0]).toMatchObject({ line: null, inApp: null });
    expect(event.processingErrors).toEqual(["js_no_source"]);
    expect(event.evidenceDisplay).toEqual([{ name: "Regression", value: "p95" }]);
  });

  it("keeps nothing that is not on its list: no user, no headers, no variables", () => {
    const raw = {
      eventID: "e",
      user: { email: "person@example.com" },
      contexts: { secret: "s3cret" },
      entries: [
        {
          type: "request",
          data: { method: "POST", url: "/x", headers: [["Cookie", "s3cret"]], data: "s3cret" },
        },
        {
          type: "exception",
          data: { values: [{ type: "E", stacktrace: { frames: [{ vars: { password: "s3cret" } }] } }] },
        },
      ],
    };
    const kept = JSON.stringify(eventSchema().parse(raw));
    expect(kept).not.toMatch(/s3cret|person@example/);
    expect(kept).toContain('"method":"POST"');
  });

  it("with a tag named __proto__ changes no prototype", () => {
    const raw = { eventID: "e", tags: [{ key: "__proto__", value: "x" }] };
    const event = eventSchema().parse(raw);
    expect(Object.getPrototypeOf(event.tags)).toBe(Object.prototype);
  });
});
