/**
 * `npm run sentences`: prints every sentence that users may see, as a table. With `--hits` only those that have a word of the list, with
 * what to write instead; with words behind `--`, only those of paths that begin so.
 */
import { parseArgs } from "node:util";
import { findStiffWords } from "./house/sentences/find-stiff-words.ts";
import { readSentences } from "./house/sentences/read-sentences.ts";
import { REPOSITORY } from "./repository.ts";

const { values, positionals } = parseArgs({
  options: { hits: { type: "boolean", default: false } },
  allowPositionals: true,
});

const sentences = readSentences(REPOSITORY).filter(
  ({ path }) => positionals.length === 0 || positionals.some((begin) => path.startsWith(begin)),
);
const cell = (text: string): string => text.replace(/\s*\n\s*/g, " ↵ ").replaceAll("|", "¦");
let hits = 0;
console.log(
  values.hits ? "| where | words | write instead |\n| - | - | - |" : "| where | words |\n| - | - |",
);
for (const { path, line, words } of sentences) {
  const stiff = findStiffWords(words);
  hits += stiff.length;
  if (!values.hits) console.log(`| ${path}:${line} | ${cell(words)} |`);
  else if (stiff.length > 0)
    console.log(
      `| ${path}:${line} | ${cell(words)} | ${stiff.map(({ name, instead }) => `"${name}": ${instead}`).join("; ")} |`,
    );
}
console.log(`\n${sentences.length} sentences, ${hits} hits.`);
