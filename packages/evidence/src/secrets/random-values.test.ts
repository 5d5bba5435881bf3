import { describe, expect, it } from "vitest";
import { redact } from "../redact.ts";
import { hideRandomValues } from "./random-values.ts";

describe("what was drawn by chance", () => {
  it.each([
    ...["zx9Qm3Lk7Vb2Tr8Wp5Yn", "newco_live_8Kd03jsLq92mZxPw71Ty", "q7x2m9k4v8b3n6c1z5l0w2r8t4"],
    ...["Zm9vYmFy8f3KQ1xv/9Jx2Lm0PzQ7sT4uW+aB3dE5g="],
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

/** Drawn by chance; 20 characters, as few as count. */
const DRAWN = "zx9Qm3Lk7Vb2Tr8Wp5Yn";
const HEX = "0a1b2c3d4e5f6789";

const hidden = (text: string): string => hideRandomValues(text, (kind) => `[${kind}]`);

const stays = (text: string): void => expect(hidden(text)).toBe(text);

/** A text with «…» around what is hidden in it. */
function expectHidden(row: string): void {
  expect(hidden(row.replace(/[«»]/g, ""))).toBe(row.replace(/«[^»]*»/g, "[random-value]"));
}

describe("what was drawn stays behind a word that says what it is", () => {
  it.each([
    ...["sha1 ", "sha256: ", 'sha256: " ', "md5 ", "blake2b: ", 'checksum: "', "public_key "],
    ...["publickey ", "digest: "],
    ...['etag: W/"', '{"x":"', '{"x": "', "figma.com/design: ", "websocket-accept: ", "ssh-rsa "],
    ...["ssh-ed25519 "],
    ...["ecdsa-sha2-nistp256 ", "request-id: ", "requestId: ", "trace id: ", "build_id ", "see nonce<"],
  ])("%s", (before) => {
    expect(hidden(before + DRAWN)).toBe(before + DRAWN);
  });

  it.each([
    ...["shaX ", "sha: ", "digest of ", 'sha256:  "  ', "blake ", '{"a": "', "ssh-x "],
    ...["request: ", "request.id: "],
    ...["md5 of the file: ", "ecdsa-sha2-nist ", "requestXid: "],
  ])("but not behind %j", (before) => {
    expect(hidden(before + DRAWN)).toBe(`${before}[random-value]`);
  });
});

describe("a part of a name of a file, page or release stays", () => {
  it.each([
    ...[`a.prototype.${DRAWN}`, `docs.acme.com/document/d/${DRAWN}/edit`, `explorer.acme.com/${DRAWN}`],
    ...[`figma/${DRAWN}`, `sha512-${DRAWN}`, `nonce-${DRAWN}`, `/nix/store/${DRAWN}-x`],
    ...[`WebKitFormBoundary${DRAWN}`, `boundary=----WebKitFormBoundary${DRAWN}`, `/data/app/~~${DRAWN}==/x`],
    ...[`boundary=WebKitFormBoundary${DRAWN}`, `v1.22.333/${DRAWN}`, `12.22.3-${DRAWN}`, `1.2.3+${DRAWN}`],
    ...["js", "htm", "html", "jpg", "jpeg", "woff", "woff2", "map", "lock"].map((end) => `${DRAWN}.${end}`),
  ])("in %s", stays);

  it.each([
    ...[`explorer-x/«${DRAWN}»`, `«xsha512-${DRAWN}»`, `my/data/app/~~«${DRAWN}»`],
    ...[`«x1.2.3/${DRAWN}»`, `«${DRAWN}.js9»`, `«1.2/${DRAWN}»`, `«${DRAWN}xjs»`],
  ])("but not in %s", expectHidden);
});

describe("an id of a service stays", () => {
  it.each([
    ...[`dpl_${DRAWN}`, `cus__${DRAWN}`, `UC_${DRAWN}`, `UCI_${DRAWN}`, `req-${DRAWN}`],
    ...["01H42XJ0VN5EVKD91WKSX5YSFV", "ub64o-1744143786684-9a4a6b3f494d", "checkout-7c9vd2x4kb-x7k2q"],
    ...["user-3f2a9c1b-4d5e-4f60-8a7b-9c0d1e2f3a4b", "USER-3F2A9C1B-4D5E-4F60-8A7B-9C0D1E2F3A4B"],
    ...[HEX.repeat(3), `0x${HEX.repeat(2)}`, HEX.repeat(2).toUpperCase(), `chunk-${HEX}`, `key.${HEX}${HEX}`],
  ])("%s", stays);

  it.each([
    ...[`xdpl_${DRAWN}`, `dpl___${DRAWN}`, "x01H42XJ0VN5EVKD91WKSX5YSFV", "01H42XJ0VN5EVKD91WKSX5YSFVZ"],
    ...[`3${DRAWN}`, `0x${DRAWN}`, `${HEX}${DRAWN}`, `newco_live_${HEX}${HEX}`, `api-key-${HEX}`],
  ])("but not %s", (text) => {
    expect(hidden(text)).toBe("[random-value]");
  });
});

describe("of a run of characters is hidden", () => {
  it.each([
    ...[`api.acme.com/«${DRAWN}»`, `abcd/«${DRAWN}»`, `«abc/${DRAWN}»`, `cdn//«${DRAWN}»`],
    ...[`«q7x2m9k4v8b3/${DRAWN}»`, `zx-qz-xq-zz/«${DRAWN}»`, `acme/«${DRAWN}»/«${DRAWN}x»`],
    ...[`«x%2F${DRAWN}»`, `acme~«${DRAWN}»+«${DRAWN}»`, `«Zm9vYmFy8f3KQ1xv/9Jx2Lm0PzQ7sT4uW==»`],
    ...[`acme_x/«8f3KQ1xv9Jx2Lm0PzQ7sT4uW»==`, `acme/«8f3KQ1xv9Jx2Lm0PzQ7sT4uW»=/x`],
  ])("what was drawn, the whole if no word is beside: %s", expectHidden);

  it("what has 20 letters and digits or more", () => {
    for (const short of [DRAWN.slice(1), `${DRAWN.slice(1, 9)}-${DRAWN.slice(9)}`, "q7x2m9k4v8b3"])
      expect(hidden(short)).toBe(short);
    expect(hidden("q7x2m9-k4v8b3-n6c1z5-l0w2")).toBe("[random-value]");
  });

  it("what is 32 long or has a long part that was drawn", () => {
    const written = "q".repeat(16);
    for (const kept of [`${written}-7x7x7x7x7x`, `${written}-7x7x7x7x-7x7x7x7`])
      expect(hidden(kept)).toBe(kept);
    for (const drawn of [`${written}-7x7x7x7x-7x7x7x7x`, `qqq-${"7x".repeat(8)}-q`])
      expect(hidden(drawn)).toBe("[random-value]");
  });

  it("nothing, if it is longer than 600 characters", () => {
    const run = `${DRAWN}/`.repeat(30);
    expect(hidden(run.slice(0, 600))).toContain("[random-value]");
    expect(hidden(run.slice(0, 601))).toBe(run.slice(0, 601));
  });
});
