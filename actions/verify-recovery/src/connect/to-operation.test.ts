import { operationKey } from "@patchpilot/incident";
import { incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, test } from "vitest";
import { toOperation } from "./to-operation.ts";

const NAME = { project: "shop", op: "http.server", transaction: "GET /cart", description: "" };
const FROM = "2026-11-18T06:00:00.000Z";

function record(performance: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  return incidentRecord({
    key: operationKey("acme", "production", NAME),
    kind: "performance",
    acceptedAt: FROM,
    performance: {
      verdict: "regressed",
      source: "spans",
      operation: NAME,
      window: { from: "2026-11-18T00:00:00.000Z", to: FROM },
      threshold: 1000,
      aboveMs: 180,
      now: { p95: 500 },
      before: { p95: 220 },
      ...performance,
    },
    ...more,
  });
}

describe("the operation of an incident", () => {
  test("was fast up to the breakpoint, and slow from there on", () => {
    const at = Date.parse(FROM);
    expect(toOperation(record({ breakpoint: FROM }), 1, 0)).toMatchObject({
      organization: "acme",
      aboveMs: 180,
      fastUntil: at,
      slowFrom: at,
    });
  });

  test("without a breakpoint it was slow in the window that was scanned", () => {
    expect(toOperation(record(), 1, 0)?.slowFrom).toBe(Date.parse("2026-11-18T00:00:00Z"));
  });

  test("one that never was fast is held against the threshold", () => {
    expect(toOperation(record({ verdict: "slow" }), 1, 0)).toMatchObject({ aboveMs: 1000, fastUntil: null });
  });

  test("where only Sentry measured, its p95 before tells what is slow", () => {
    expect(toOperation(record({ aboveMs: undefined, source: "sentry" }), 1, 0)?.aboveMs).toBe(220);
  });

  test("in a later episode it is slow from when it came back", () => {
    const onset = Date.parse("2026-11-20T00:00:00Z");
    const again = toOperation(record({ breakpoint: FROM }), 2, onset);
    expect([again?.fastUntil, again?.slowFrom]).toEqual([Date.parse(FROM), onset]);
  });

  test("needs as many requests as the scan asked for", () => {
    expect(toOperation(record({ numbers: { minSamples: 30 } }), 1, 0)?.minSamples).toBe(30);
    expect(toOperation(record(), 1, 0)?.minSamples).toBe(100);
  });

  test("whose name was changed to be clean cannot be asked for", () => {
    const operation = { ...NAME, transaction: "GET /cart [redacted]" };
    expect(toOperation(record({ operation }), 1, 0)).toBeUndefined();
  });

  test("whose names were cut is known by the search that finds it, and by its key", () => {
    const operation = { ...NAME, transaction: "GET /cart…" };
    const query = 'transaction:"GET /cart*"';
    expect(toOperation(record({ operation, query }), 1, 0)?.pattern).toEqual({
      search: query,
      key: operationKey("acme", "production", NAME),
      environment: "production",
    });
    expect(toOperation(record({ query }), 1, 0)?.pattern).toBeUndefined();
  });
});
