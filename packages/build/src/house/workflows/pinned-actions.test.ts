import { expect, test } from "vitest";
import { findUnpinned } from "./pinned-actions.ts";

const sha = "3d3c42e5aac5ba805825da76410c181273ba90b1";

test("a commit with its version, an action of ours and a local one are pinned", () => {
  const text = `- uses: actions/checkout@${sha} # v7.0.1\n  uses: patchpilot/claim@v1\n  uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1\n- uses: ./actions/claim\n`;
  expect(findUnpinned(text)).toEqual([]);
});

test.each(["actions/checkout@v7", `actions/checkout@${sha}`, `actions/checkout@${sha.slice(0, 7)} # v7.0.1`])(
  "%s is not",
  (reference) => {
    expect(findUnpinned(`steps:\n  - uses: ${reference}\n`)).toEqual([reference]);
  },
);
