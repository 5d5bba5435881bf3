import { describe, expect, it } from "vitest";
import { redact } from "../redact.ts";

describe("what was drawn by chance", () => {
  it.each([
    "zx9Qm3Lk7Vb2Tr8Wp5Yn",
    "newco_live_8Kd03jsLq92mZxPw71Ty",
    "q7x2m9k4v8b3n6c1z5l0w2r8t4",
    "Zm9vYmFy8f3KQ1xv/9Jx2Lm0PzQ7sT4uW+aB3dE5g=",
  ])("is hidden without a name: %s", (value) => {
    expect(redact(`refused ${value} today`).text).toBe("refused [redacted random-value] today");
  });

  it.each([
    ["pseudo-version", "github.com/acme/shop v0.0.0-20230101120000-abcdef123456"],
    ["sum of a module", "github.com/acme/shop v1.2.3 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
    [
      "sum that begins with a sign",
      "golang.org/x/sys v0.0.0-20211105304959-861765090ebe h1:+MZMrRinCzWRkBl36FzWKjl0mb6PyRZPiyQCkGPpfJz=",
    ],
    ["pseudo-version whose time has the check digit of a card", "x/net v0.0.0-20211105104954-861765090ebe"],
    ["ids of 17 to 19 digits with the check digit of a card", "68728491897248612, 5570071844603091937"],
    ["request to Vercel", "x-vercel-id: pdx1::ub64o-1744143786684-9a4a6b3f494d"],
    ["ULID", "event 01H42XJ0VN5EVKD91WKSX5YSFV dropped"],
    ["pod", "shop/checkout-7c9vd2x4kb-x7k2q OOMKilled"],
    [
      "request to S3",
      "Extended Request ID: fDnFkJ6wdgptbsA9qJGT86iS2Tjjl/Gx/gn7X0KPlOGme689e29VHRnh6fFJ27/+aqaWzwFFgO+=",
    ],
    ["nonce of a page", "script-src 'nonce-UOzg3UpUx45XVVmwYIBENO=='"],
    ["public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI5jCrkSTnYtgoSkKqo/ezeJY87Xec1K6loDUPKmtn3MX deploy"],
    ["handshake of a socket", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="],
    ["store path of Nix", "/nix/store/umcd5kttfmnsi04f19ixavkhpy8idire-openssl-3.0.7/lib/libssl.so.3"],
    ["id of 19 digits", "1234567890123456789"],
    ["digest of an image", `nginx@sha256:${"0a1b2c3d4e5f6789".repeat(4)}`],
    ["UUID", "3f2a9c1b-4d5e-4f60-8a7b-9c0d1e2f3a4b"],
    ["trace id", "771a43a4192642f0b136d5159a501700"],
    ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
    ["commit", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    [
      "integrity of a lockfile",
      "sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg==",
    ],
    ["minified name", "at e.prototype.aB3dE5gH7jK9mN1pQ2sT4 (main.3f2a9c1b.js:1:2345)"],
    ["deployment", "dpl_5WJWYSyB7BpgTj3EuwF37WMRBXBQ"],
    ["name of a program", "parseBase64ToUint8ArrayBufferFromIso8859Text"],
    ["words with a year", "aws-sdk-client-s3-presigned-post-2024-11-30"],
    ["file", "/_next/static/chunks/app/layout-3bKHr8pQxZ9Wm5yT2vLdN.js"],
    ["constant", "ERR_HTTP2_STREAM_SELF_DEPENDENCY_X509_V3"],
  ] as const)("is none: %s", keeps);
});

function keeps(_name: string, text: string): void {
  expect(redact(text)).toEqual({ text, redactions: {} });
}

it("the secret of an AWS key is hidden beside its id, and a digest elsewhere is not", () => {
  const id = `AKIA${"QWERTYUIOPASDFG2"}`;
  expect(redact(`${id} ab/D+fghijklmnopqrstuvwxyzABCDEFGHIJKLMN`).text).toBe(
    "[redacted aws-token] [redacted aws-secret]",
  );
});
