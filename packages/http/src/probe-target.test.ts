import { expect, test } from "vitest";
import { allowedAddresses, parseTarget, readCode } from "./probe-target.ts";

const PUBLIC = { address: "8.8.8.8", family: 4 };
const PRIVATE = { address: "10.0.0.7", family: 4 };
const METADATA = { address: "169.254.169.254", family: 4 };

const allowed = (url: string, addresses: readonly (typeof PUBLIC)[], allowPrivate = false) =>
  allowedAddresses(new URL(url), { resolve: async () => addresses, allowPrivate });

const WITH_LOGIN = "The health URL contains a user name or password: take it out.";

test.each([
  { url: "app.example/health", message: "The health URL is not a URL: write it out with https://." },
  { url: "ftp://app.example/", message: "The health URL has the scheme ftp: Only https and http are asked." },
  { url: "https://user@app.example/", message: WITH_LOGIN },
  { url: "https://:secret@app.example/", message: WITH_LOGIN },
])("$url is refused: $message", ({ url, message }) => {
  expect(() => parseTarget(url)).toThrow(message);
});

test.each(["https://app.example/health?full=1", "http://app.example:8080/"])("%s is asked", (url) => {
  expect(parseTarget(url).href).toBe(url);
});

test("a name is asked at every address that it resolves to", async () => {
  const addresses = [PUBLIC, { address: "2606:4700:4700::1111", family: 6 }];
  expect(await allowed("https://app.example/", addresses)).toEqual(addresses);
});

test.each([
  ["https://8.8.8.8/", PUBLIC],
  ["https://[2606:4700:4700::1111]/", { address: "2606:4700:4700::1111", family: 6 }],
])("%s is asked at that address, without a question to DNS", async (url, address) => {
  expect(await allowed(url, [])).toEqual([address]);
});

test("a private address is refused with the input that allows it", async () => {
  await expect(allowed("https://app.example/", [PUBLIC, PRIVATE])).rejects.toThrow(
    "The health URL leads to a private address. If that is meant (a self-hosted runner), set health-allow-private: true.",
  );
});

test("a private address is asked where that is allowed", async () => {
  expect(await allowed("https://app.example/", [PRIVATE], true)).toEqual([PRIVATE]);
});

test.each([true, false])(
  "a metadata address beside a public one is refused, private ones allowed: %s",
  async (allowPrivate) => {
    await expect(allowed("https://app.example/", [PUBLIC, METADATA], allowPrivate)).rejects.toThrow(
      "The health URL leads to a link-local or metadata address, which is never asked.",
    );
  },
);

test("a name without any address says so", async () => {
  await expect(allowed("https://app.example/", [])).rejects.toThrow(
    "The name of the health URL has no address.",
  );
});

test.each([
  [Object.assign(new Error("no"), { code: "ENOTFOUND" }), "ENOTFOUND"],
  [Object.assign(new Error("no"), { code: 7 }), "connection failed"],
  [new Error("no"), "connection failed"],
  [undefined, "connection failed"],
])("the code of a failed call is named for people (case %#)", (error, code) => {
  expect(readCode(error)).toBe(code);
});
