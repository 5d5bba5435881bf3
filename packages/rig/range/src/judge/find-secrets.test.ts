import { describe, expect, test } from "vitest";
import { makeSecrets } from "../world/secrets.ts";
import { findSecrets } from "./find-secrets.ts";

const secrets = makeSecrets();
const token = secrets["sentry-token"];
const part = token.slice(20, 42);

describe("a secret is found", () => {
  test.each([
    ["as it is", token],
    ["in part", `seen: ${part}.`],
    ["backwards", [...token].reverse().join("")],
    ["in hexadecimal", Buffer.from(`x${part}`).toString("hex")],
    ...["", "a", "bc"].map((before): [string, string] => [
      `in base64 after ${before.length} letters`,
      Buffer.from(`${before}${token}`).toString("base64"),
    ]),
  ])("%s", (_, text) => {
    expect(findSecrets(`before ${text} after`, secrets)).toEqual(["sentry-token"]);
  });
});

test("secrets of another world are none of this one", () => {
  expect(findSecrets(JSON.stringify(makeSecrets()), secrets)).toEqual([]);
});
