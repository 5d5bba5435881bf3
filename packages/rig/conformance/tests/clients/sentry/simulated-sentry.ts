import { createHttp } from "@patchpilot/http";
import { type ConnectionOptions, connectSentry } from "@patchpilot/sentry";
import {
  createSentrySimulator,
  type SdkEvent,
  type SentryOptions,
  VirtualClock,
} from "@patchpilot/simulators";
import { it as base, expect, onTestFinished } from "vitest";

export const READ_ALL = ["event:read", "org:read", "project:read"];

/** A crash in the app, as the SDK sends it. */
export function crashEvent(type: string, functionName = "checkout"): SdkEvent {
  const frame = {
    filename: "src/checkout.ts",
    abs_path: "/app/src/checkout.ts",
    function: functionName,
    lineno: 12,
    colno: 7,
    in_app: true,
    pre_context: ["function checkout(cart) {"],
    context_line: "  return cart.items.length;",
    post_context: ["}"],
  };
  const library = { filename: "node:http", function: "emit", lineno: 1, in_app: false };
  const mechanism = { type: "generic", handled: false };
  const values = [{ type, value: "it broke", mechanism, stacktrace: { frames: [library, frame] } }];
  return { exception: { values }, transaction: "GET /checkout", user: { id: "u1" } };
}

/**
 * A simulated Sentry at noon, and our client for it, on one clock that waiting moves. The test ends red if it was asked
 * what Sentry does not know.
 */
export function startSentry(
  options: Partial<SentryOptions> = {},
  connection: Partial<ConnectionOptions> = {},
) {
  const clock = new VirtualClock("2026-11-21T12:00:00Z");
  const simulator = createSentrySimulator({
    clock,
    organization: "acme",
    projects: [{ id: "42", slug: "shop" }],
    tokens: { sntryu_reader: READ_ALL, sntryu_writer: [...READ_ALL, "event:write"] },
    ...options,
  });
  onTestFinished(() => expect(simulator.violations).toEqual([]));
  const time = {
    now: () => clock.now(),
    sleep: async (milliseconds: number) => clock.advance(milliseconds),
  };
  const http = createHttp({
    name: "Sentry",
    fetch: (input, init) => simulator.fetch(new Request(input, init)),
    time,
    budget: {},
  });
  const access = { url: "https://sentry.io", organization: "acme", token: "sntryu_reader" };
  return { sentry: connectSentry({ ...access, http, ...connection }), simulator, clock, http };
}

/** A test of our client; its `world` is such a Sentry with nothing in it. */
export const it = base.extend("world", () => startSentry());
