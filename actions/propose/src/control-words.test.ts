import { expect, test } from "vitest";
import { withoutEntities } from "./testing/as-read.ts";
import { CONTROL_WORDS, type ControlWord } from "./testing/control-words.ts";
import { attempt, CARRIERS, lone } from "./testing/hostile-pulls.ts";
import { type MergedPullRequest, mergeMessages } from "./testing/merge-messages.ts";

/** What we write ourselves and mean: the incident is referred to, and the commit is tied to its bytes. */
const OURS =
  /^(?:PatchPilot-Key: pp-77-12-a2|Patch-SHA256: c{64}|Patch-Id: d{40}|Refs #12)$|(?<=^(?:\* )?[^\n#]* \()#12(?=, attempt 2\))|(?<=^Merge pull request )#31|\(#31\)$/gm;

/** Every text of a pull request that some program may read. */
function textsOf(pull: MergedPullRequest): [string, string][] {
  const single = { ...pull, commits: pull.commits.slice(0, 1) };
  return [
    ["title", pull.title],
    ["body", pull.body],
    ["branch", pull.head],
    ...mergeMessages(single),
    ...[...mergeMessages(pull)].map(([name, text]): [string, string] => [`${name}, several commits`, text]),
  ].map(([name, text]) => [name as string, (text as string).replace(OURS, "")]);
}

/** The same word by itself, inside a line, and on a line of its own. */
const shapesOf = (text: string): readonly string[] => [
  text,
  `lost ${text} lost`,
  `lost\n${text}\nlost\n\n${text}`,
];

const hits = (pull: MergedPullRequest, { pattern }: ControlWord): string[] =>
  textsOf(pull).flatMap(([name, text]) => (pattern.test(text) ? [name] : []));

const namesOf = (words: readonly ControlWord[]) =>
  words.map((word): [string, ControlWord] => [word.text, word]);

test.each(namesOf(CONTROL_WORDS))("no text of an outsider puts %j where a program acts on it", (_, word) => {
  const acted = CARRIERS.flatMap((carrier) =>
    shapesOf(word.text).flatMap((text) => [
      ...hits(attempt({ [carrier]: text }), word).map((place) => `attempt, ${carrier}: ${place}`),
      ...hits(lone({ [carrier]: text }), word).map((place) => `lone, ${carrier}: ${place}`),
    ]),
  );
  expect(acted).toEqual([]);
});

test.each(namesOf(CONTROL_WORDS.filter(({ bare }) => bare !== true)))(
  "a title that a workflow makes from other people's words does not put %j where a program acts on it",
  (_, word) => {
    const titles = [word.text, `Update ${word.text} now`];
    expect(titles.flatMap((title) => hits(lone({}, title), word))).toEqual([]);
  },
);

/** The body as it would be without escaping. */
const unescaped = (pull: MergedPullRequest): MergedPullRequest => ({
  ...pull,
  body: withoutEntities(pull.body.replace(/^> <code>|<\/code>$/gm, "")),
});

test.each(namesOf(CONTROL_WORDS))("without the escaping, %j of an agent's summary would act", (_, word) => {
  const pull = unescaped(attempt({ summary: `lost\n\n${word.text}` }));
  expect(hits(pull, word)).toEqual(expect.arrayContaining(["body", "squash PR_TITLE PR_BODY"]));
});

test("what no outsider wrote holds no control word", () => {
  const pulls = [attempt({}), lone({}), attempt({ agent: "codex", recipe: "performance" })];
  expect(pulls.flatMap((pull) => CONTROL_WORDS.filter((word) => hits(pull, word).length > 0))).toEqual([]);
});

test("every carrier that a body shows is among those that are tried", () => {
  const isShown = (carrier: (typeof CARRIERS)[number]) =>
    unescaped(attempt({ [carrier]: "mark" })).body.includes("mark");
  const hidden = CARRIERS.filter((carrier) => !isShown(carrier));
  expect(hidden).toEqual(["release", "shortId", "impact", "evidence", "review", "failure"]);
});

const HIDDEN = ["\u200b", "\u202e", "\u{e0041}", "\u0007"];

test.each(CARRIERS)("hidden characters in %s reach no text of a pull request", (carrier) => {
  const text = `a${HIDDEN.join("b")}c`;
  const pulls = [attempt({ [carrier]: text }), lone({ [carrier]: text }, text)];
  const texts = pulls.flatMap(textsOf).map(([, raw]) => withoutEntities(raw));
  expect(texts.filter((raw) => HIDDEN.some((one) => raw.includes(one)))).toEqual([]);
});
