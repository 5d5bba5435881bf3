import { secretPatterns, TOKEN_FORMATS } from "@patchpilot/evidence";
import { expect, it } from "vitest";
import { seededRandom } from "../verdicts/draws.ts";
import { COVERED_FORMATS } from "./covered-formats.ts";
import { generateSecret } from "./generate-secret.ts";
import { readRow } from "./recall.ts";

const DRAWN = 100;

/** Whether a pattern of our own takes all of each token of a format. */
function isTakenWhole(format: string): boolean {
  const draw = seededRandom(1);
  return Array.from({ length: DRAWN }, () => generateSecret(format, draw)).every((token) =>
    secretPatterns().some(({ pattern }) => token.match(pattern)?.[0] === token),
  );
}

it.each(COVERED_FORMATS.map(readRow))("our own pattern takes the tokens of $rule whole", ({ format }) => {
  expect(isTakenWhole(format)).toBe(true);
});

it("no format that is shipped beside our patterns is taken whole by one of them", () => {
  const twice = TOKEN_FORMATS.map(readRow).filter(({ format }) => isTakenWhole(format));
  expect(twice.map(({ rule }) => rule)).toEqual([]);
});
