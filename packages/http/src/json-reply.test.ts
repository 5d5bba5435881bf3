import { describe, expect, it } from "vitest";
import { jsonReply } from "./json-reply.ts";

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
