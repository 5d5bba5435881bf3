import { expect, test } from "vitest";
import { remedyForAddress } from "./address-refusal.ts";

const remedy = (status: number, detail: string | undefined, isJson = true) =>
  remedyForAddress("Acme", { status, detail, isJson });

test.each([
  [401, "Your IP is not allowed."],
  [403, "Your IP is not allowed."],
  [403, "Access from IP 203.0.113.7 is restricted"],
  [403, "Add yourself to the allowlist"],
  [403, "You are missing from the allow-list"],
  [403, "You are not on the white list"],
])("%i with %j is a list of addresses that lacks the runner's", (status, detail) => {
  expect(remedy(status, detail)).toContain("Acme lets in only the addresses on its list");
});

test.each([
  [403, "You are not allowed to do that."],
  [403, "The zip file is blocked."],
  [403, undefined],
  [400, "Your IP is not allowed."],
  [429, "Your IP is blocked."],
  [500, "Your IP is not allowed."],
])("%i with %j is none", (status, detail) => {
  expect(remedy(status, detail)).toBeUndefined();
});

test.each([
  [403, true],
  [401, false],
  [500, false],
])("%i without JSON was sent by something before the provider: %s", (status, isBefore) => {
  const found = remedy(status, undefined, false);
  expect(found?.includes("not in Acme's form") ?? false).toBe(isBefore);
});
