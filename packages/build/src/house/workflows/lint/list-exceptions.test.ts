import { expect, test } from "vitest";
import { parse } from "yaml";
import { listExceptions } from "./list-exceptions.ts";

const ZIZMOR = `rules:
  unpinned-uses:
    config:
      policies:
        "acme/*": ref-pin
        "*": hash-pin
  stale-action-refs:
    ignore: [a.yml, b.yml]
`;

test("each file of a rule is an exception, and each policy but the one for all others", () => {
  expect(listExceptions(ZIZMOR).map(({ name }) => name)).toEqual([
    "rules > unpinned-uses > config > policies > acme/*",
    "rules > stale-action-refs > ignore > a.yml",
    "rules > stale-action-refs > ignore > b.yml",
  ]);
});

test("the file without an exception still has all others", () => {
  const without = listExceptions(ZIZMOR).find(({ name }) => name.endsWith("a.yml"))?.without ?? "";
  expect(parse(without)).toEqual({
    rules: { ...parse(ZIZMOR).rules, "stale-action-refs": { ignore: ["b.yml"] } },
  });
});

test("actionlint's messages are exceptions", () => {
  const [only] = listExceptions('paths:\n  "**/*.yml":\n    ignore: [some message]\n');
  expect(only?.name).toBe("paths > **/*.yml > ignore > some message");
});

test.each(["", "# nothing\n", "rules: {}\n", "rules:\n  x:\n    ignore:\n"])("%j has none", (text) => {
  expect(listExceptions(text)).toEqual([]);
});
