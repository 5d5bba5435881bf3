import { describe, expect, it, test } from "vitest";
import { secretParts } from "./secret-parts.ts";

const BODY = "9aB3dE5gH7jK9mN1";
const partsOf = (secret: string): string[] => secretParts(secret).map(({ value }) => value);

describe("what anyone knows of a token", () => {
  test.each([
    "ghp_",
    "ghs_",
    "github_pat_",
    "github_pat_11ABCDE2FG",
    "glpat-",
    "glptt-",
    "sk-",
    "sk-ant-api03-",
    "sk-ant-admin01-",
    "sk-ant-oat01-",
    "sk-proj-",
    "sk-svcacct-",
    "sk-admin-",
    "sk-or-v1-",
    "sntrys_",
    "xoxb-",
    "xapp-",
    "sk_live_",
    "rk_test_",
    "whsec_",
    "npm_",
    "pypi-",
    "pypi-AgEIcHlwaS5vcmc",
    "dop_v1_",
    "SG.",
    "eyJhbGciOiJIUzI1NiJ9.",
    "AKIA",
    "ASIA",
    "AIza",
    "acme_",
    "acme_prod_",
    "Bearer ",
    "Basic ",
  ])("is that it begins with %j", (begin) => {
    const tail = begin.startsWith("github_pat_11") ? `_${BODY}` : BODY;
    expect(secretParts(begin + tail)).toMatchObject([{ value: begin + tail, prefix: begin.length }]);
  });

  test.each([BODY, `9${BODY}ghp_${BODY}`, `x_${BODY}`, `companyname_${BODY}`])(
    "is nothing of %s",
    (secret) => {
      expect(secretParts(secret)).toMatchObject([{ prefix: 0 }]);
    },
  );

  it("is left out where fewer than six characters follow it", () => {
    expect(secretParts("acme_a1b2c3")).toMatchObject([{ prefix: 5 }]);
    expect(secretParts("acme_a1b2c")).toMatchObject([{ prefix: 0 }]);
  });
});

describe("the parts of a secret", () => {
  it("are none where it is shorter than six characters without blanks around it", () => {
    expect(partsOf(" a1b2c3 \n")).toEqual(["a1b2c3"]);
    expect(partsOf(" a1b2c ")).toEqual([]);
  });

  test.each([
    ["correct horse battery", true],
    ["logs/path-to.cart:total", true],
    ["COUNTERSIGN", true],
    ["correct1horse", false],
    ["correctHorse", false],
    ["correct horse!", false],
  ])("are given away by twelve characters unless it is of words alone: %s", (secret, whole) => {
    expect(secretParts(secret)).toMatchObject([{ whole }]);
  });

  test.each([
    [
      "postgres://app:s3cretPass@db.example.com/orders?token=abcdefghijk1&schema=abcdefghijklmnop",
      ["s3cretPass", "abcdefghijk1"],
    ],
    ["https://0a1b2c3d@errors.example.com/12", ["0a1b2c3d"]],
    ["redis://:pa:ss9word@cache.example.com", ["pa:ss9word"]],
    ["https://hooks.example.com/services/abcdefghij1/abcdefghijkl2", ["abcdefghijkl2"]],
    ["https://hooks.example.com/in#abc\ndefghijkl2", ["abc\ndefghijkl2"]],
  ])("of the address %s are its credentials and long values", (address, parts) => {
    expect(partsOf(address)).toEqual([address, ...parts]);
    expect(secretParts(address)[0]).toEqual({ value: address, prefix: 0, whole: true });
  });

  test.each([
    "https://www.example.com/orders",
    "see https://app:s3cretPass@db.example.com",
    's3cret{"a":"b1b1b1b1"}',
  ])("are the whole of %s alone", (secret) => expect(partsOf(secret)).toEqual([secret]));

  it("are the values of JSON with a digit in them, keys line by line", () => {
    const key = `-----BEGIN ${"PRIVATE"} KEY-----\nMIIEvQ1234\nabCD5678\n-----END ${"PRIVATE"} KEY-----\n`;
    const json = JSON.stringify({
      type: "service_account",
      id: "a1b2c3d4",
      pin: "12345",
      key,
      uri: "https://accounts1.example.com",
    });
    expect(partsOf(json)).toEqual([json, "a1b2c3d4", "MIIEvQ1234", "abCD5678"]);
  });

  it("are the lines of a key without its armour", () => {
    const key = ["-----BEGIN KEY-----", "  MIIEvQ1234", "abCD56", "short", "-----END KEY-----"].join("\r\n");
    expect(partsOf(key)).toEqual([key, "MIIEvQ1234", "abCD56"]);
    const ssh = "---- BEGIN KEY ----\nMIIEvQ1234\na1-----BEGIN x\n---- END KEY ----";
    expect(partsOf(ssh)).toEqual([ssh, "MIIEvQ1234", "a1-----BEGIN x"]);
  });
});
