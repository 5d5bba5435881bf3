import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

const hex = (length: number): string => "0123456789abcdef".repeat(20).slice(0, length);
const word = (length: number): string => "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z".repeat(40).slice(0, length);
const jwt = `eyJ${word(40)}.eyJ${word(400)}.${word(43)}`;

/** Token texts are put together here so that no scanner takes this file for a leak. */
const TOKENS: readonly (readonly [string, string])[] = [
  ["GitHub, classic", `ghp_${word(36)}`],
  ["GitHub, installation", `ghs_${word(36)}`],
  ["GitHub, stateless installation", `ghs_1234567_${jwt}`],
  ["GitHub, fine-grained", `github_pat_${word(22)}_${word(59)}`],
  ["GitLab", `glpat-${word(20)}`],
  ["Sentry, user", `sntryu_${hex(64)}`],
  ["Sentry, organization", `sntrys_${word(80)}_${word(43)}`],
  ["Vercel", `vcp_${word(56)}`],
  ["PostHog, personal", `phx_${word(43)}`],
  ["Anthropic", `sk-ant-api03-${word(93)}-${word(6)}AA`],
  ["OpenAI", `sk-proj-${word(100)}`],
  ["OpenAI, old", `sk-${word(48)}`],
  ["AWS key id", "AKIAIOSFODNN7EXAMPLE"],
  ["Google", `AIza${word(35)}`],
  ["Slack", `xoxb-123456789012-1234567890123-${word(24)}`],
  ["Slack, app", `xapp-1-A0123-123-${hex(64)}`],
  ["Stripe", `sk_live_${word(24)}`],
  ["Stripe, restricted", `rk_test_${word(24)}`],
  ["Stripe, webhook", `whsec_${word(32)}`],
  ["npm", `npm_${word(36)}`],
  ["PyPI", `pypi-AgEIcHlwaS5vcmc${word(60)}`],
  ["Docker", `dckr_pat_${word(27)}`],
  ["Hugging Face", `hf_${word(34)}`],
  ["SendGrid", `SG.${word(22)}.${word(43)}`],
  ["Twilio", `SK${hex(32)}`],
  ["DigitalOcean", `dop_v1_${hex(64)}`],
  ["Shopify", `shpat_${hex(32)}`],
  ["Vault", `hvs.${word(24)}`],
  ["Grafana", `glsa_${word(32)}_${hex(8)}`],
  ["Telegram", `123456789:AA${word(33)}`],
  ["Linear", `lin_api_${word(40)}`],
  ["Supabase", `sbp_${hex(40)}`],
  ["Groq", `gsk_${word(52)}`],
  ["JWT", jwt],
];

describe("tokens by shape", () => {
  it.each(TOKENS)("hides a token of %s, whatever stands around it", (_, token) => {
    for (const text of [
      token,
      `got ${token}.`,
      `x=${token}&y`,
      `"${token}"`,
      `%3D${token}%26`,
      `\\n${token}\\n`,
    ]) {
      expect(redact(text).text, text).not.toContain(token.slice(-16));
    }
  });

  it("hides a webhook address", () => {
    expect(redact(`https://hooks.slack.com/services/T0001/B0002/${word(24)}`).text).toBe(
      "https://[redacted webhook]",
    );
  });

  it("counts what it hid by kind", () => {
    expect(redact(`a@b.example ghp_${word(36)} c@d.example`).redactions).toEqual({
      email: 2,
      "github-token": 1,
    });
  });
});

describe("private keys", () => {
  const body = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n${word(64)}`;
  it.each([
    ["PKCS#8", `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`],
    ["RSA", `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`],
    ["OpenSSH", `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`],
    ["OpenPGP", `-----BEGIN PGP PRIVATE KEY BLOCK-----\n${body}\n-----END PGP PRIVATE KEY BLOCK-----`],
    [
      "JSON-escaped",
      `-----BEGIN PRIVATE KEY-----\\n${body.replace("\n", "\\n")}\\n-----END PRIVATE KEY-----`,
    ],
  ])("hides one in %s form and keeps what follows", (_, key) => {
    expect(redact(`before ${key} after`).text).toBe("before [redacted private-key] after");
  });

  it("hides one that never ends, with all that follows", () => {
    expect(redact(`before -----BEGIN RSA PRIVATE KEY-----\n${body}`).text).toBe(
      "before [redacted private-key]",
    );
  });

  it("keeps certificates, which are public", () => {
    expect(redact("-----BEGIN CERTIFICATE-----").text).toBe("-----BEGIN CERTIFICATE-----");
  });
});

describe("values named like secrets", () => {
  it.each([
    "password=hunter2!",
    "DB_PASSWORD=hunter2!",
    "dbPassword: hunter2!",
    '{"password":"hunter2!"}',
    '{\\"password\\":\\"hunter2!\\"}',
    "'password' => 'hunter2!'",
    "password = 'hunter2!'",
    "https://x.example/?access_token=hunter2!&page=1",
    "https://x.example/%3Faccess_token%3Dhunter2!%26page%3D1",
    "client_secret: hunter2!",
    "AWS_SECRET_ACCESS_KEY=hunter2!",
    "stripeSecretKey: 'hunter2!'",
    "x-api-key: hunter2!",
    "AccountKey=hunter2!;EndpointSuffix=core.windows.net",
    "Server=db;User Id=sa;Password=hunter2!;",
    "--password hunter2!",
    "--token=hunter2!",
    "ALTER USER bob WITH PASSWORD 'hunter2!'",
    "CREATE USER bob IDENTIFIED BY 'hunter2!'",
    "UPDATE users SET password = 'hunter2!' WHERE id = 1",
    "INSERT INTO users (email, password) VALUES ('x', 'hunter2!')",
    "Authorization: Bearer hunter2!",
    "authorization: hunter2!",
    'curl -H "Authorization: Token hunter2!" https://x.example',
    '["Authorization","Bearer hunter2!"]',
    "Cookie: sid=abc; theme=hunter2!",
    "Set-Cookie: session=hunter2!; Path=/; HttpOnly",
    '"cookies": {"theme": "hunter2!"}',
    "PASSWORD_2=hunter2!",
    "sessionId=hunter2!",
    "_csrf=hunter2!",
    "X-Amz-Signature=hunter2!&X-Amz-Date=1",
    "password: `hunter2!`",
    "secret: 'hunter2!",
  ])("hides the value in %s", (text) => {
    expect(redact(text).text).not.toContain("hunter2");
  });

  it.each([
    "Unexpected token: punc (})",
    "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
    "Cannot read properties of undefined (reading 'token')",
    "TokenExpiredError: jwt expired",
    "PasswordMismatchError: no match",
    "max_tokens=1000, token_count: 12, token_type=bearer",
    "password: undefined",
    "token is not defined",
    "tokenizer: fast, author: bob, passwordless: true",
    "expected one of 'token', 'other'",
    "at session.ts:42:10",
    "API_KEY=process.env.API_KEY",
  ])("keeps %s", (text) => {
    expect(redact(text)).toEqual({ text, redactions: {} });
  });

  it("hides the credentials of addresses and keeps the host", () => {
    expect(redact("postgres://bob:p@ss@db.example:5432/shop").text).toBe(
      "postgres://[redacted url-credentials]@db.example:5432/shop",
    );
    expect(redact("https://abc123@o1.ingest.example/42").text).toBe(
      "https://[redacted url-credentials]@o1.ingest.example/42",
    );
    expect(redact("redis://u:pa/ss#x@cache:6379").text).toBe("redis://[redacted url-credentials]@cache:6379");
  });

  it("hides a card of 19 digits where a word says that it is one", () => {
    expect(redact("card: 6212345678900000003").text).toBe("card: [redacted card]");
    expect(redact("order 6212345678900000003").text).toBe("order 6212345678900000003");
  });

  it.each([
    "https://${token}@github.com/acme/shop",
    "postgres://{user}:{password}@db/shop",
    "postgres://%s:%s@db/shop",
    "https://$USER:$PASSWORD@db/shop",
    "?url=https%3A%2F%2Fgithub.com%2Facme%2Fshop%20by%20%40acme",
    "https://x.example:8080/a@2x.png",
  ])("keeps an address that a program fills in or that has an @ behind its path: %s", (text) => {
    expect(redact(text).text).toBe(text);
  });

  it("hides the credentials of an encoded address", () => {
    expect(redact("?url=https%3A%2F%2Fbob%3Ahunter2%40db%2Fshop").text).toBe(
      "?url=https%3A%2F%2F[redacted url-credentials]@db%2Fshop",
    );
  });

  it("hides Basic credentials only where they decode to a pair", () => {
    expect(redact(`Basic ${btoa("bob:hunter2!")}`).text).toBe("Basic [redacted credential]");
    expect(redact("Basic authentication failed").text).toBe("Basic authentication failed");
  });
});

describe("personal data", () => {
  it.each([
    ["bob.o'neil+x@mail.example.com", "email"],
    ["bob%40example.com", "email"],
    ["203.0.113.7", "ip"],
    ["2001:db8::8a2e:370:7334", "ip"],
    ["fe80::1%eth0", "ip"],
    ["::ffff:203.0.113.7", "ip"],
    ["00:1A:2b:3c:4d:5e", "mac"],
    ["4242 4242 4242 4242", "card"],
    ["4242-4242-4242-4242", "card"],
    ["378282246310005", "card"],
    ["6212 3456 7890 0000 003", "card"],
    ["2223003122003222", "card"],
    ["DE89 3704 0044 0532 0130 00", "iban"],
    ["GB82WEST12345698765432", "iban"],
    ["078-05-1120", "ssn"],
    ["+49 30 901820", "phone"],
    ["+14155552671", "phone"],
    ["(415) 555-2671", "phone"],
    ["415-555-2671", "phone"],
  ])("hides %s as %s", (data, kind) => {
    expect(redact(`for ${data}, later`).text).toBe(`for [redacted ${kind}], later`);
    expect(redact(data).text).toBe(`[redacted ${kind}]`);
  });

  it.each([
    ["/Users/bob/shop/a.ts", "/Users/[redacted user]/shop/a.ts"],
    ["/home/bob", "/home/[redacted user]"],
    ["C:\\Users\\Bob Smith\\a.ts", "C:\\Users\\[redacted user]\\a.ts"],
    ["C:\\\\Users\\\\bob\\\\a.ts", "C:\\\\Users\\\\[redacted user]\\\\a.ts"],
    ["file:///Users/bob/a.ts", "file:///Users/[redacted user]/a.ts"],
  ])("hides the user in %s", (path, shown) => {
    expect(redact(path).text).toBe(shown);
  });

  it.each([
    ["UUID", "3f2a9c1b-4d5e-4f60-8a7b-9c0d1e2f3a4b"],
    ["UUID of digits", "12345678-1234-1234-1234-123456789012"],
    ["commit", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["short commit", "da39a3e"],
    ["SHA-256", hex(64)],
    ["trace id", "771a43a4192642f0b136d5159a501700"],
    ["trace id of digits", "77104304192642001360515905017004"],
    ["span id", "b7ad6b7169203331"],
    ["file with a hash", "main.3f2a9c1b.js, chunk-4242AB42.mjs, index-BxY7_zQ2.css"],
    ["minified frame", "at t.a (https://cdn.example/assets/main.5f3a.js:1:234567)"],
    ["release", "app@1.2.4, shop@2.0.0-beta.rc, @scope/pkg@4.17.21"],
    ["image", "icon@2x.png"],
    ["time", "2026-11-21T10:31:30.123456+00:00 1763712000000 12:34:56"],
    ["version", "Chrome/120.0.0.0, v1.2.3, 10.15.7"],
    ["loopback", "ECONNREFUSED 127.0.0.1:5432 and ::1"],
    ["scope in code", "std::vector, Foo::Bar, a::b"],
    ["numbers that are no cards", "4509062593708034, 1234567890123456"],
    ["numbers that are no phones", "line 4155552671, 12345678"],
    ["PostHog's project key, which every browser knows", `phc_${word(43)}, POSTHOG_API_KEY=phc_${word(43)}`],
    ["time with the check digit of a card", "20211105104959, 20240115093019"],
    ["drawn id with the check number of an IBAN", "cus_XK75zrMf3y9Jg6aBQ2"],
    ["address of a machine for documentation", "00-00-5E-00-53-23"],
    ["IBAN-like with a wrong check number", "DE88370400440532013000"],
    ["React", "Warning: Each child in a list should have a unique key prop"],
    ["CSS class", "sk-fading-circle-container-element"],
    ["Sentry ids", "issue 6507376925 in project 4509062593708032 is ACME-BACKEND-CV"],
  ])("keeps: %s", (_, text) => {
    expect(redact(text)).toEqual({ text, redactions: {} });
  });
});
