import { describe, expect, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { collectComments, collectSentences } from "./collect-sentences.ts";
import { findStiffWords } from "./find-stiff-words.ts";
import { readSentences } from "./read-sentences.ts";
import { STIFF_WORDS } from "./stiff-words.ts";

const sentences = readSentences(REPOSITORY);
const hits = sentences.map((sentence) => ({ ...sentence, stiff: findStiffWords(sentence.words) }));

test.each(STIFF_WORDS)('no sentence for users says "$name"', ({ name, instead }) => {
  const found = hits
    .filter(({ stiff }) => stiff.some((each) => each.name === name))
    .map(({ path, line, words }) => `${path}:${line}: ${words}`);
  expect(found, `write ${instead} instead`).toEqual([]);
});

describe("the collection", () => {
  test.each(["actions/dispatch/", "actions/intake/", "actions/repair/", "packages/http/", "docs/examples/"])(
    "has sentences of %s",
    (begin) => {
      expect(sentences.filter(({ path }) => path.startsWith(begin)).length).toBeGreaterThan(5);
    },
  );

  const collect = (text: string) => collectSentences({ path: "a.ts", text }).map(({ words }) => words);

  test("takes texts and templates with what they fill in left open", () => {
    const code = "const a = 'The token is wrong.';\nthrow new Error(`Issue ${number} has ${count} faults.`);";
    expect(collect(code)).toEqual(["The token is wrong.", "Issue … has … faults."]);
  });

  test("leaves out names, codes, queries, types and imports", () => {
    const code = `import { a } from "a library of words";
type Kind = "one of these kinds";
const b = ["needs-human", "GET", "a b", "query Issues($owner: String!) { repository { id } }"];`;
    expect(collect(code)).toEqual([]);
  });

  test("has the line of a sentence", () => {
    expect(collectSentences({ path: "a.ts", text: '\n\nconst a = "It is not there.";' })).toEqual([
      { path: "a.ts", line: 3, words: "It is not there." },
    ]);
  });

  test("joins the lines of a comment in a workflow", () => {
    const text = "# Copy this file\n# to the default branch.\non: push\njobs: # one job only, please\n";
    expect(collectComments({ path: "a.yml", text }).map(({ words }) => words)).toEqual([
      "Copy this file to the default branch.",
      "one job only, please",
    ]);
  });
});

describe("the word list", () => {
  test.each([
    ["It waits so that a person can decide.", ["a person", "so that"]],
    ["The errors go\non.", ["goes on"]],
    ["WHOEVER set it", ["whoever"]],
    ["`x` is no input of intake.", ["is no thing"]],
  ])("finds in %j what it names", (words, names) => {
    expect(findStiffWords(words).map(({ name }) => name)).toEqual(names);
  });

  test("leaves names in code and other words alone", () => {
    const words = "`so that` is a name. There is no token. It is no longer red. It understands the standard.";
    expect(findStiffWords(`${words} The write may not have arrived.`)).toEqual([]);
  });
});
