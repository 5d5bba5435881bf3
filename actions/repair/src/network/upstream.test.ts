import { expect, test } from "vitest";
import { findUpstream, makeCredentials } from "./upstream.ts";

const MACHINE = { HTTPS_PROXY: "http://secure:3128", http_proxy: "plain:8080" };
const address = { host: "npm.corp.example", port: 443 };

test.each([
  ["https", "http://secure:3128/"],
  ["http", "http://plain:8080/"],
] as const)("%s goes by the proxy of its own", (scheme, proxy) => {
  expect(findUpstream(MACHINE, scheme, address)?.href).toBe(proxy);
});

test("a machine without a proxy needs none", () => {
  expect(findUpstream({ HTTPS_PROXY: "" }, "https", address)).toBeUndefined();
});

test.each([
  ["npm.corp.example", true],
  [".corp.example", true],
  ["corp.example", true],
  ["*.corp.example", true],
  ["localhost, npm.corp.example:443", true],
  ["*", true],
  ["npm.corp.example:80", false],
  ["orp.example", false],
  ["", false],
])("NO_PROXY=%s leaves it out: %s", (NO_PROXY, isDirect) => {
  expect(findUpstream({ ...MACHINE, NO_PROXY }, "https", address) === undefined).toBe(isDirect);
});

test("a proxy that is no http address is named", () => {
  expect(() => findUpstream({ HTTPS_PROXY: "socks5://x:1080" }, "https", address)).toThrow("HTTPS_PROXY");
});

test("credentials in the address are shown to the proxy, as they were before they were escaped", () => {
  expect(makeCredentials(new URL("http://me:p%40ss@proxy"))).toEqual({
    "proxy-authorization": `Basic ${btoa("me:p@ss")}`,
  });
});
