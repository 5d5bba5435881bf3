import type { ProbeOptions } from "@patchpilot/http";
import { expect, test } from "vitest";
import type { VerifyInputs } from "../contract.ts";
import { openHealth } from "./health.ts";

const inputs = {
  "health-url": "https://shop.example/health",
  "health-status": 200,
  "health-timeout-ms": 1_000,
  "health-allow-private": false,
} as VerifyInputs;

/** What the app is asked with. */
async function headersOf(more: Partial<VerifyInputs> = {}): Promise<ProbeOptions["headers"]> {
  let asked: ProbeOptions = {};
  const health = openHealth({ ...inputs, ...more }, async (_, options = {}) => {
    asked = options;
    return { state: "healthy", reason: "It answers 200." };
  });
  await health?.();
  return asked.headers;
}

test("the probe asks the app's tracing, Sentry's and the W3C's, not to count it as traffic", async () => {
  expect(await headersOf()).toMatchObject({
    "sentry-trace": expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}-0$/),
    traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
  });
});

test("the secret that passes Vercel's protection is sent only where it is set", async () => {
  expect(await headersOf()).not.toHaveProperty("x-vercel-protection-bypass");
  expect(await headersOf({ "vercel-bypass-secret": "b" })).toMatchObject({
    "x-vercel-protection-bypass": "b",
  });
});
