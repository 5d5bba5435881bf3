import { describe, expect, it } from "vitest";
import { eventSchema } from "./event.ts";

describe("an event", () => {
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
