import { expect, test } from "vitest";
import { findSection } from "./find-section.ts";

const CHANGELOG = `# @patchpilot/action-intake

## 1.1.0

### Minor Changes

- abc1234: Better.

  ## not one of our versions

## 1.0.10

- Ten.

## 1.0.1

- One.
`;

test.each([
  ["1.1.0", "### Minor Changes\n\n- abc1234: Better.\n\n  ## not one of our versions"],
  ["1.0.1", "- One."],
  ["1.0.10", "- Ten."],
  ["1.0", ""],
  ["2.0.0", ""],
])("the section of %s", (version, text) => {
  expect(findSection(CHANGELOG, version)).toBe(text);
});

test("an empty changelog has no section", () => {
  expect(findSection("", "1.0.0")).toBe("");
});
