import { describe, expect, test } from "vitest";
import { type AskInit, type HttpSettings, makeCall } from "./call.ts";
import { exchangeWithRedirects } from "./redirects.ts";
import { RunState } from "./run-state.ts";
import type { Transport } from "./transport.ts";

const START = "https://acme.example/v1";

const sleep = () => Promise.reject(new Error("Nothing sleeps."));

/** A run whose requests are sent in this way. */
function begin(fetch: Transport, read = true) {
  const settings: HttpSettings = {
    ...{ name: "Acme", timeoutMs: 1_000, retries: 0, maxReplyBytes: 1_000, fetch, isRead: () => read },
    ...{ time: { now: () => 0, sleep }, scan: () => undefined },
  };
  const state = new RunState("Acme", {}, settings.time);
  return { state, ask: (init: AskInit) => exchangeWithRedirects(makeCall(settings, state, START, init)) };
}

/** How a call ends whose requests are answered in turn, and what was sent. */
async function play(answers: readonly Response[], init: AskInit = {}, read = true) {
  const sent: string[] = [];
  const { state, ask } = begin(async (url, { method, body }) => {
    sent.push([method, url, body].join(" ").trim());
    return answers[sent.length - 1] ?? new Response("end");
  }, read);
  return { outcome: await ask(init), sent, count: state.count };
}

const redirect = (location: string, status = 302) => new Response(null, { status, headers: { location } });
const hops = (count: number) => Array.from({ length: count }, (_, hop) => redirect(`/v${hop + 2}`));

describe("a redirect", () => {
  test("is followed up to three times", async () => {
    const { outcome, sent, count } = await play(hops(3));
    expect(outcome).toMatchObject({ status: 200, url: "https://acme.example/v4" });
    expect([sent.at(-1), count]).toEqual(["GET https://acme.example/v4", 4]);
  });

  test("is followed no fourth time", async () => {
    const { outcome, sent } = await play(hops(4));
    expect(outcome).toMatchObject({ failure: { kind: "rejected", status: 302 } });
    expect(sent.length).toBe(4);
  });

  test.each([
    { location: "https://other.example/v2", named: "https://other.example" },
    { location: "https://acme.example:8443/v2", named: "https://acme.example:8443" },
    { location: "http://acme.example/v2", named: "http://acme.example" },
    { location: "https://[", named: "an address that cannot be read" },
  ])("to $location is not followed, and says what helps", async ({ location, named }) => {
    const { outcome, count } = await play([redirect(location)]);
    expect(count).toBe(1);
    expect(outcome).toMatchObject({
      failure: {
        ...{ kind: "rejected", status: 302 },
        happened: `Acme redirected (302) to ${named} (GET /v1).`,
        remedy: "It was not followed. Set the URL or the name to the one that answers without a redirect.",
      },
    });
  });

  test.each([
    ["GET", true, 301, true],
    ["GET", true, 303, true],
    ["POST", true, 302, true],
    ["POST", true, 303, false],
    ["POST", false, 302, false],
    ["POST", false, 303, false],
    ["POST", false, 307, true],
    ["POST", false, 308, true],
  ])("of a %s that is a read (%s) by %i is followed: %s", async (method, read, status, isFollowed) => {
    const { outcome, sent } = await play([redirect("/v2", status)], { method }, read);
    expect("failure" in outcome).toBe(!isFollowed);
    expect(sent.slice(1)).toEqual(isFollowed ? [`${method} https://acme.example/v2`] : []);
  });

  test("that keeps the method keeps the body", async () => {
    const { sent } = await play([redirect("/v2", 307)], { method: "POST", body: "{}" }, false);
    expect(sent.at(-1)).toBe("POST https://acme.example/v2 {}");
  });
});

test.each([
  ["201 that names a new thing", new Response("{}", { status: 201, headers: { location: "/v1/2" } })],
  ["302 that leads nowhere", new Response(null, { status: 302 })],
])("a %s is handed out", async (_, answer) => {
  const { outcome, count } = await play([answer]);
  expect([outcome, count]).toEqual([expect.objectContaining({ status: answer.status }), 1]);
});

test("five broken connections in a row end the run's requests", async () => {
  const { state, ask } = begin(() => Promise.reject(new Error("reset")));
  for (let count = 0; count < 5; count += 1) await ask({});
  expect(() => state.admit("GET /v1", true)).toThrow("was not asked again after 5 failures in a row");
});
