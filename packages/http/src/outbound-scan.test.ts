import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOutboundScan } from "./outbound-scan.ts";

const encodings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  url: encodeURIComponent,
  json: (secret) => JSON.stringify({ secret }),
  "json in json": (secret) => JSON.stringify({ text: JSON.stringify({ secret }) }),
  base64: (secret) => Buffer.from(secret).toString("base64"),
  base64url: (secret) => Buffer.from(secret).toString("base64url"),
};

describe("the outbound scan", () => {
  it.each(Object.entries(encodings))("finds any secret in %s, wherever it stands", (_, encode) => {
    const secrets = fc.string({ minLength: 8, maxLength: 60, unit: "binary" });
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const scan = createOutboundScan({ "state-key": secret });
        expect(scan(before + encode(secret) + after)).toBe("state-key");
      }),
    );
  });

  it("finds a secret in the middle of a text in base64", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60 }),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          const scan = createOutboundScan({ token: secret });
          expect(scan(Buffer.from(before + secret + after).toString("base64"))).toBe("token");
        },
      ),
    );
  });

  it("leaves text without a secret alone", () => {
    expect(createOutboundScan({ token: "sntryu_0123456789" })("the quick brown fox")).toBeUndefined();
  });

  it("does not look for values under eight characters, which stand everywhere", () => {
    expect(createOutboundScan({ token: "abc", empty: "" })("abcdef")).toBeUndefined();
  });
});
