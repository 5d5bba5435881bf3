import { expect, it } from "vitest";
import { parse } from "yaml";
import { straightenScalars } from "./straighten-scalars.ts";

const WORKFLOW = `
on: issues
jobs:
  a:
    steps:
      - run: |
          cat <<END
            \${{ github.actor }} "quoted" \\n
          END
      - run: >-
          one
          \${{ two }}
      - name: "spread
          over \${{ lines }}"
      - run: |
          no expression
      - run: echo \${{ one.line }}
`;

it("keeps the value of every scalar", () => {
  expect(parse(straightenScalars(WORKFLOW))).toEqual(parse(WORKFLOW));
});

it("puts scalars with expressions on one line", () => {
  const lines = straightenScalars(WORKFLOW).split("\n");
  expect(lines.filter((line) => line.includes("${{")).every((line) => /(run|name): /.test(line))).toBe(true);
});
