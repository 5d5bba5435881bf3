import { describe, expect, test } from "vitest";
import { readTable } from "../../testing/table.ts";
import { normaliseMessage } from "./message.ts";

describe("a message is the same", () => {
  test.each(
    readTable(String.raw`
    numbers | order 12 failed after 3 tries | order 977 failed after 1 tries
    ids | no cart 3f2b8c1a-aaaa-4bbb-8ccc-0123456789ab | no cart 99999999-aaaa-4bbb-8ccc-0123456789ab
    addresses | GET https://a.example/x?y=1 timed out | GET http://10.0.0.1:8080/ timed out
    mail addresses | no user a@shop.example | no user bob.b@mail.example
    quoted values | unknown column 'totl' here | unknown column "sum" here
    paths | cannot open /srv/releases/1/cart.json | cannot open /srv/releases/2/cart.json
    ports | read_file: Failed (127.0.0.1:56736) | read_file: Failed (127.0.0.1:61449)
  `),
  )("whatever its %s", (_, one, other) => {
    expect(normaliseMessage("Error", one)).not.toBeNull();
    expect(normaliseMessage("Error", one)).toBe(normaliseMessage("Error", other));
  });

  test.each(
    readTable(String.raw`
    reading what is not there | Cannot read properties of undefined (reading 'total') | undefined is not an object (evaluating 't.cart.total') | can't access property "total", e is undefined | Cannot read property 'total' of undefined
    calling what is no function | t.total is not a function | e.total is not a function. (In 'e.total()', 'e.total' is undefined)
    a name that is not known | cart is not defined | Can't find variable: cart
    a module that does not load | Failed to fetch dynamically imported module: https://a.example/assets/a-BxYz12ab.js | error loading dynamically imported module: https://a.example/assets/a-DbQ2xY9p.js | Importing a module script failed.
    a request that fails | Failed to fetch | NetworkError when attempting to fetch resource. | Load failed
    what is not JSON | Unexpected token < in JSON at position 0 | Unexpected token '<', "<!DOCTYPE "... is not valid JSON | JSON.parse: unexpected character at line 1 column 1 of the JSON data
  `),
  )("in every browser: %s", (_, ...messages) => {
    expect(new Set(messages.map((message) => normaliseMessage("TypeError", message))).size).toBe(1);
  });
});

test("a message is its first line", () => {
  expect(normaliseMessage("Error", "it broke\nat a")).toBe(normaliseMessage("Error", "it broke"));
});

describe("a message differs", () => {
  test("by type, but not by where the type is defined", () => {
    expect(normaliseMessage("RangeError", "it broke")).not.toBe(normaliseMessage("TypeError", "it broke"));
    expect(normaliseMessage("shop.errors.Failed", "it broke")).toBe(normaliseMessage("Failed", "it broke"));
  });

  test("by its words, and by the property that is not there", () => {
    expect(normaliseMessage("Error", "no stock")).not.toBe(normaliseMessage("Error", "no cart"));
    const reading = (name: string) =>
      normaliseMessage("TypeError", `Cannot read properties of null (reading '${name}')`);
    expect(reading("total")).not.toBe(reading("items"));
  });
});

test.each([null, "", "  ", "404", "'x'"])("%j says nothing", (message) => {
  expect(normaliseMessage("Error", message)).toBeNull();
});

test("hostile texts take no time", () => {
  for (const text of [
    "'".repeat(1e6),
    "undefined is not an object (evaluating '".repeat(1e5),
    "a.".repeat(1e6),
  ])
    expect(() => normaliseMessage("Error", text)).not.toThrow();
});
