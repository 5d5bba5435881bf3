import { attempt, CARRIERS, lone } from "@patchpilot/action-propose/testing/hostile-pulls";
import {
  buildPacket,
  cleanText,
  closeFence,
  cutMarkdown,
  evidenceSection,
  fence,
  inertCode,
  inertQuote,
  inertSentence,
  inlineCode,
  link,
  tableCell,
} from "@patchpilot/evidence";

/** Where an outsider's text ends up in Markdown; `clean: false` writes it as it came, for the control. */
export type Carrier = (text: string, clean: boolean) => string;

const cleaned = (text: string): string => cleanText(text, { maxLength: 4_000 }).text;

/** A page around a text, as comments are: what follows it must stay what it is. */
const page = (part: string): string =>
  `### A heading\n\n${part}\n\n<details><summary>More</summary>\n\n- an entry\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n</details>`;

const written =
  (write: (text: string) => string): Carrier =>
  (text, clean) =>
    page(clean ? write(cleaned(text)) : text);

const frame = (text: string) => ({
  path: text,
  absolutePath: text,
  module: text,
  function: text,
  line: 7,
  column: null,
  inApp: true,
  source: text,
});

/** The evidence of an event, each of whose texts an outsider may write. */
function showEvidence(text: string): string {
  const thrown = {
    type: text,
    value: text,
    module: null,
    handled: false,
    frames: [frame(text), frame("src/a.ts")],
  };
  const packet = buildPacket(
    {
      ...{ title: text, words: text, chain: [thrown], transaction: text, culprit: text, environment: text },
      ...{ release: text, platform: text, server: { status: text } },
      statements: [{ name: text, value: text }],
      discussion: [{ name: text, value: text }],
      suspects: [{ file: text, line: 7, crashed: true, score: 1, reasons: ["crashed here"] }],
      commits: [
        { sha: "a".repeat(40), date: "2026-11-20", headline: text, files: [], reasons: ["touched it"] },
      ],
      goodRelease: text,
    },
    { maxBytes: 16_384 },
  );
  return evidenceSection(packet);
}

/** The ways in which every action writes texts of others. */
const WRITERS: Readonly<Record<string, Carrier>> = {
  "evidence of an event": (text, clean) => page(clean ? showEvidence(text) : text),
  "a fence": written(fence),
  "a code span": written((text) => `Title: ${inlineCode(text)}, seen`),
  "a cell of a table": written((text) => `| a | b |\n| - | - |\n| ${tableCell(text)} | 2 |`),
  "the label of a link": written((text) => `See ${link(text, "https://github.example/acme/shop")}.`),
  "the address of a link": written((text) => `See ${link("it", text)}.`),
  "a piece of code in a pull request": written((text) => `Path: ${inertCode(text)}`),
  "a quotation": written(inertQuote),
  "our sentence": written((text) => `Why it ended: ${inertSentence(text)}`),
  "a comment that is cut": written((text) => cutMarkdown(fence(text).repeat(2), 400)),
  "a fence that is cut off": written((text) => closeFence(`\`\`\`text\n${text.replace(/`/g, "'")}`)),
};

/** The bodies of pull requests, for each text in them that somebody else writes. */
const PULLS: Readonly<Record<string, Carrier>> = Object.fromEntries(
  CARRIERS.flatMap((carrier): [string, Carrier][] => [
    [`pull request: ${carrier}`, (text, clean) => (clean ? attempt({ [carrier]: text }).body : page(text))],
    [`lone pull request: ${carrier}`, (text, clean) => (clean ? lone({ [carrier]: text }).body : page(text))],
  ]),
);

export const MARKDOWN_CARRIERS: Readonly<Record<string, Carrier>> = { ...WRITERS, ...PULLS };

/** Where nothing can be escaped: titles, branches and commit messages. */
export const PLAIN_CARRIERS: Readonly<Record<string, (text: string) => readonly string[]>> =
  Object.fromEntries(
    CARRIERS.flatMap((carrier) =>
      (
        [
          ["", attempt],
          ["lone ", lone],
        ] as const
      ).map(([name, make]) => [
        `title, branch and commits of a ${name}pull request: ${carrier}`,
        (text: string) => {
          const { title, head, commits } = make({ [carrier]: text });
          return [title, head, ...commits];
        },
      ]),
    ),
  );
