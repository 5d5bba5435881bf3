import { describe, expect, test } from "vitest";
import { type BarrierSigns, findBarrier } from "./probe-barrier.ts";

const find = (signs: Partial<BarrierSigns>) =>
  findBarrier({ status: 401, location: undefined, headers: {}, body: "", hasBypass: false, ...signs });
const to = (address: string) => ({ status: 302, location: new URL(address) });

/** What Vercel answers before a protected deployment: status, cookie and page. */
const PROTECTED = [
  { headers: { server: "Vercel", "set-cookie": "_vercel_sso_nonce=x; Path=/; Secure" } },
  { headers: { server: "Vercel" }, body: "<!doctype html><title>Authentication Required</title>" },
  { headers: { "x-vercel-id": "fra1::x" }, body: "<title>Authentication Required</title>" },
  to("https://vercel.com/sso-api?url=https%3A%2F%2Fshop.example&nonce=x"),
];

describe("Vercel's deployment protection", () => {
  test.each(PROTECTED)("is named with its secret (%#)", (signs) => {
    expect(find(signs)?.cause).toContain("deployment protection");
    expect(find(signs)?.remedy).toContain("Set vercel-bypass-secret");
  });

  test("that does not accept the secret asks for a new one", () => {
    const [signs] = PROTECTED;
    expect(find({ ...signs, hasBypass: true })?.remedy).toContain("create the secret again");
  });

  test.each([
    { headers: { server: "Vercel" }, body: '{"error":"unauthorized"}' },
    { headers: { server: "nginx" }, body: "<title>Authentication Required</title>" },
    { headers: { server: "Vercel-like" }, body: "<title>Authentication Required</title>" },
    { headers: { server: "not-vercel" }, body: "<title>Authentication Required</title>" },
  ])("is not blamed for the 401 of an app (%#)", (signs) => {
    expect(find(signs)).toMatchObject({ cause: "It answered 401." });
  });

  test("is not blamed for a failing app, whatever cookie comes with it", () => {
    const headers = { "set-cookie": "_vercel_sso_nonce=x; Path=/; Secure" };
    expect(find({ status: 500, headers })).toBeUndefined();
  });

  test("is not blamed for a redirect to another page of Vercel's", () => {
    expect(find(to("https://vercel.com/docs"))?.cause).toContain("redirects");
  });
});

describe("a firewall", () => {
  test.each([
    ["Cloudflare", { status: 403, headers: { "cf-mitigated": "challenge", server: "cloudflare" } }],
    ["Vercel's firewall", { status: 429, headers: { "x-vercel-mitigated": "challenge", server: "Vercel" } }],
  ])("that challenges is named, and let pass by the name of the agent: %s", (firewall, signs) => {
    expect(find(signs)).toEqual({
      cause: `It answered ${signs.status}: ${firewall} challenges the request in place of the app.`,
      remedy: "Let the user agent patchpilot-health pass on the path of health-url.",
    });
  });
});

describe("a redirect to another origin", () => {
  test("names the address to ask, without its query", () => {
    expect(find(to("https://www.shop.example/health?token=s3cret"))).toEqual({
      cause: "It redirects (302) to https://www.shop.example/health, which is not followed.",
      remedy: "If the app answers there, set health-url to https://www.shop.example/health",
    });
  });

  test.each([
    "https://acme.cloudflareaccess.com/cdn-cgi/access/login/shop.example",
    "https://accounts.google.com/o/oauth2/v2/auth?client_id=1",
    "https://auth.shop.example/oauth2/authorize",
    "https://accounts.google.com/v3/start",
    "https://acme.okta.com/",
    ...["login", "log-in", "signin", "sign-in", "sso", "saml", "saml2", "oauth", "OAuth2", "authorize/x"].map(
      (path) => `https://id.shop.example/${path}`,
    ),
  ])("to %s is a login", (address) => {
    expect(find(to(address))?.remedy).toContain("without one");
  });

  test.each([
    "https://docs.shop.example/login-methods",
    "https://okta.com.shop.example/health",
    "https://notokta.com/health",
  ])("to %s is none", (address) => {
    expect(find(to(address))?.remedy).toContain("set health-url");
  });
});

describe("a refusal", () => {
  test("names the credentials that it wants, but not their realm", () => {
    expect(find({ headers: { "www-authenticate": 'Basic realm="staff only"' } })?.cause).toBe(
      "It answered 401 and asks for credentials (Basic).",
    );
  });

  test("does not quote a header that names no scheme", () => {
    expect(find({ headers: { "www-authenticate": '"staff only"' } })?.cause).toBe("It answered 401.");
  });

  test.each([401, 403, 407])("of %d asks for a route without a login", (status) => {
    expect(find({ status })).toEqual({
      cause: `It answered ${status}.`,
      remedy: "The route is protected: let health-url name one that answers without a login.",
    });
  });

  test.each([404, 410])("of %d asks to check the path", (status) => {
    expect(find({ status })).toEqual({
      cause: `It answered ${status}.`,
      remedy: "Check the path of health-url: there is no such page.",
    });
  });

  test("of 429 asks to let the agent pass", () => {
    expect(find({ status: 429 })?.remedy).toContain("patchpilot-health");
  });

  test.each([500, 502, 503])("of %d is the app's, and has no remedy", (status) => {
    expect(find({ status })).toBeUndefined();
  });
});
