import { describe, expect, it } from "vitest";
import { jsonReply, readDetail } from "./json-reply.ts";
import { catchFailure } from "./testing/failures.ts";

const ask = (status: number, body: string, type = "application/json") =>
  jsonReply(new Response(body, { status, headers: { "content-type": type } }), (value) => value, {
    provider: "Sentry",
    asked: "GET /api/0/organizations/acme/",
    remedies: { forbidden: "sentry-token lacks the scope event:read." },
  }).then(
    () => expect.unreachable(),
    (error: Error) => error.message,
  );

describe("a refusal", () => {
  it.each([
    '{"detail":"Your IP address is not allowed to access this organization."}',
    '{"detail":{"message":"Access denied: IP 203.0.113.7 is not on the allowlist"}}',
  ])("of the place that a request comes from is no missing scope: %s", async (body) => {
    const message = await ask(403, body);
    expect(message).toContain("this runner's is not on it");
    expect(message).not.toContain("scope");
    expect(message).toMatch(/^Sentry answered 403: "/);
  });

  it("of something before the provider names that", async () => {
    expect(await ask(403, "<html><h1>403 Forbidden</h1>nginx</html>", "text/html")).toMatch(
      /something before it made it, such as a firewall or an IP allow-list/,
    );
  });

  it.each([
    [403, '{"detail":"You do not have permission to perform this action."}'],
    [403, "{}"],
  ])("of a permission names the scope: %i %s", async (status, body) => {
    expect(await ask(status, body)).toContain("lacks the scope");
  });

  it("of the credential is left to it, though it is no JSON", async () => {
    expect(await ask(401, "Unauthorized", "text/plain")).not.toContain("firewall");
  });
});

describe("a reply that cannot be read", () => {
  it.each([
    ["text/html ; charset=utf-8", "an HTML page"],
    ["text/plain; charset=utf-8", "text/plain"],
    ["a sentence with s3cret", "no content type"],
  ])("of the type %j is named as %s", async (type, named) => {
    expect(await ask(200, "{}", type)).toContain(`Sentry sent ${named} where JSON was expected (GET `);
  });

  it("is broken JSON", async () => {
    expect(await ask(200, '{"a":')).toContain("Sentry sent broken JSON");
  });

  it.each([
    [new Error("no\n number"), "no number"],
    [{ issues: [{ path: ["a", 0], message: "no number" }] }, "field a.0: no number"],
    [{ issues: [{ path: [], message: "no object" }] }, "field the whole: no object"],
    [{ issues: [{ path: "ab", message: "no object" }] }, "field the whole: no object"],
    [Object.assign(new Error("nothing fits"), { issues: [] }), "nothing fits"],
    [{ issues: "none" }, "unknown shape"],
    [undefined, "unknown shape"],
  ])("names what the schema says, and keeps its error (case %#)", async (thrown, named) => {
    const refuse = () => {
      throw thrown;
    };
    const reply = new Response("{}", { headers: { "content-type": "application/json" } });
    const failure = await catchFailure(jsonReply(reply, refuse, { provider: "Acme", asked: "GET /v1" }));
    expect(failure.happened).toBe(`Acme sent a reply that cannot be read: ${named} (GET /v1).`);
    expect([failure.kind, failure.status, failure.cause]).toEqual(["unreadable", 200, thrown]);
  });
});

describe("what a provider says", () => {
  it.each([
    ['{"detail":"no scope"}', "no scope"],
    ['{"message":"Not Found"}', "Not Found"],
    ['{"error":"forbidden"}', "forbidden"],
    ['{"error":{"message":"no team"}}', "no team"],
    ['{"detail":{"message":"no team"},"error":"forbidden"}', "no team"],
    ['{"detail":null,"error":{"message":"no team"}}', "no team"],
    ['{"detail":5,"error":{"message":"no team"}}', "no team"],
    ['{"detail":"","message":"Not Found"}', "Not Found"],
    ['{"detail":"","error":{}}', undefined],
    ['"a text"', undefined],
    ["null", undefined],
    ["<html>", undefined],
  ])("in %s is %j", (text, detail) => expect(readDetail(text)).toBe(detail));

  it.each([
    ["two\r\n lines\tand\u0000\u200b more ", "two lines and more"],
    ["a".repeat(200), "a".repeat(200)],
    ["a".repeat(201), `${"a".repeat(199)}…`],
    [`a${" ".repeat(2_000)}b`, "a"],
  ])("is one short line (case %#)", (detail, line) => {
    expect(readDetail(JSON.stringify({ detail }))).toBe(line);
  });
});
