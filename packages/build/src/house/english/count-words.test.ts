import { expect, test } from "vitest";
import { HAS_RIG, REPOSITORY } from "../../repository.ts";
import { readTexts } from "../pages/read-texts.ts";
import { countWords } from "./count-words.ts";
import { REPLACED_WORDS } from "./replaced-words.ts";

const texts = readTexts(REPOSITORY);
const counts = countWords(texts);
/** How far a number may lag behind, so that not every mended sentence has to touch the list. */
const SLACK = 20;

test.each(REPLACED_WORDS)('no more texts say "$name" than before', ({ name, instead, atMost }) => {
  expect(counts.get(name), `write ${instead} instead`).toBeLessThanOrEqual(atMost);
});

test.runIf(HAS_RIG).each(REPLACED_WORDS)(
  'the number of "$name" follows when it falls',
  ({ name, atMost }) => {
    const now = counts.get(name) ?? 0;
    expect(atMost, `lower it to ${now} in replaced-words.ts`).toBeLessThanOrEqual(now + SLACK);
  },
);

/** Pages that were written without these expressions. */
const CLEAN =
  /^(docs\/(architecture|protocol|glossary|testing)\.md|docs\/decisions\/.*|packages\/(rig\/)?[^/]+\/README\.md)$/;

test.each(texts.filter(({ path }) => CLEAN.test(path)))("$path has none of them", (page) => {
  expect([...countWords([page])].filter(([, count]) => count > 0)).toEqual([]);
});

test("an expression is found over lines, in comments and in any case, and not in generated sections", () => {
  const code = "/**\n * A\n * person was told.\n */\n// This goes\n// on.";
  const page = "<!-- generated:x -->\nIt stands here.\n<!-- /generated -->\nSo that it stands.";
  const found = countWords([
    { path: "packages/house/src/door.ts", text: code },
    { path: "docs/plan.md", text: page },
    { path: "actions/intake/action.yml", text: "told" },
  ]);
  expect(Object.fromEntries([...found].filter(([, count]) => count > 0))).toEqual({
    told: 1,
    stands: 1,
    "a person": 1,
    "goes on": 1,
    "so that": 1,
  });
});
