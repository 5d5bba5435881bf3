import { describe, expect, it } from "vitest";
import { isHeader, nameFinder, namesSecret, speaksOfSecret } from "./secret-names.ts";

/** The names of secrets in a text, each with what follows in its word. */
const find = (text: string): string[] =>
  [...text.matchAll(nameFinder())].map(({ groups }) => `${groups?.["name"]}|${groups?.["rest"]}`);

describe("a name is found", () => {
  it.each([
    ["DB_PASSWORD=", ["PASSWORD|"]],
    ["dbPasswordHash_2:", ["Password|Hash_2"]],
    ["my-pass ", ["-pass|"]],
    ["sid=1; jwt_2: x", ["sid|", "jwt|_2"]],
    ["IDENTIFIED BY 'v'", ["BY|"]],
    ["identified  by   'v'", ["by|"]],
    [`token${"s".repeat(50)}`, [`token|${"s".repeat(40)}`]],
  ])("in %j", (text, names) => {
    expect(find(text)).toEqual(names);
  });

  it.each(["aside", "sides", "jwts", "by 'v'", "identified by v", "a-passage", "compass", "sidx"])(
    "but none in %j",
    (text) => {
      expect(find(text)).toEqual([]);
    },
  );
});

it("columns speak of a secret if one of them names it", () => {
  expect(speaksOfSecret("id, email, pwd")).toBe(true);
  expect(speaksOfSecret("id, user_password_hash")).toBe(true);
  expect(speaksOfSecret("id, email, side")).toBe(false);
});

describe("a word names the secret itself", () => {
  it.each([
    ...["", "Hash", "_key", "KeyId", "-2", "_123", "1234", "_confirmed", "ConfirmAgain", "_b64"],
    ...["_of_user", "-x"],
  ])("with %j behind the name", (rest) => {
    expect(namesSecret("token", rest)).toBe(true);
  });

  it.each([
    ...["izer", "ed", "less", "_type", "_count", "_expires_in", "-min-length", "_is_valid"],
    ...["_validated", "Hashx"],
    ...["xKey", "_rule", "_rules_2", "_args", "_arg", "_flag_x", "_results", "_expiration"],
    ...["s_2", "_my_check"],
  ])("but not with %j", (rest) => {
    expect(namesSecret("token", rest)).toBe(false);
  });

  it("in the plural, but for tokens, which are counted", () => {
    expect(namesSecret("secret", "s")).toBe(true);
    expect(namesSecret("Token", "s")).toBe(false);
    expect(namesSecret("x_token", "s")).toBe(true);
    expect(namesSecret("token_x", "s")).toBe(true);
    expect(namesSecret("secret", "S")).toBe(true);
  });

  it("although a word in it only begins like one about it", () => {
    expect(namesSecret("token", "_typeface")).toBe(true);
    expect(namesSecret("token", "_prototype")).toBe(true);
  });
});

it("authorizations and cookies are headers", () => {
  for (const name of ["Authorization", "authorisation", "COOKIE", "cookies"])
    expect(isHeader(name)).toBe(true);
  for (const name of ["token", "x-cookie", "authority"]) expect(isHeader(name)).toBe(false);
});
