import { expect, test } from "vitest";
import { toReferences } from "./pull-references.ts";

const references = (source: unknown) => toReferences({ nodes: [{ willCloseTarget: true, source }] });

test.each([
  ["an issue", {}],
  ["what the token may not see", null],
])("%s that refers to an issue is no pull request", (_, source) => {
  expect(references(source)).toEqual([]);
});

test("half a pull request is not passed over: it may be the fix", () => {
  expect(() => references({ id: "PR_1", number: 2 })).toThrow(/GitHub answered without a readable/);
});
