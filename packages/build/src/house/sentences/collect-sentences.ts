import { type ESTree, parseSync, Visitor } from "vite";
import type { Text } from "../pages/read-texts.ts";

/** Words that a user may read, with where the code has them. What a template fills in is `…`. */
export type Sentence = { readonly path: string; readonly line: number; readonly words: string };

/** Three words in a row, of which one is in small letters: names, codes and queries have fewer. */
const PROSE = /(?:^|[\s(`*"'#…:.,])[\p{L}…'’-]+[,:;]? [\p{L}\d…`'’#/-]+[,:;]? [\p{L}\d…`'’#/-]+/u;
const SMALL = /(?:^|\s)\p{Ll}{2,}(?:\s|[.,:;?!]|$)/u;
/** Queries, markup, commands and replacements that a program reads. */
const CODE =
  /^\s*(?:query|mutation|fragment|on [A-Z]|<|\$\{|(?:git|gh|npm|node|sh) )|=>|\$\d|^\s*[\w-]+(?:\([^)]*\))? \{/;

/** Collects what reads as prose among the texts of a TypeScript file. Pure. */
export function collectSentences({ path, text }: Text): Sentence[] {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  const found: Sentence[] = [];
  const skipped = new Set<ESTree.Node>();
  const add = (node: ESTree.Node, words: string): void => {
    if (skipped.has(node) || !isProse(words)) return;
    found.push({ path, line: text.slice(0, node.start).split("\n").length, words: words.trim() });
  };
  new Visitor({
    ImportDeclaration: ({ source }) => void skipped.add(source),
    TSLiteralType: ({ literal }) => void skipped.add(literal),
    TaggedTemplateExpression: ({ quasi }) => void skipped.add(quasi),
    Literal: (node) => {
      if (typeof node.value === "string") add(node, node.value);
    },
    TemplateLiteral: (node) => add(node, node.quasis.map(({ value }) => value.cooked ?? value.raw).join("…")),
  }).visit(program);
  return found;
}

const isProse = (words: string): boolean => PROSE.test(words) && SMALL.test(words) && !CODE.test(words);

/** Collects the comments of a workflow that users copy, one sentence for each block of them. Pure. */
export function collectComments({ path, text }: Text): Sentence[] {
  const lines = text.split("\n");
  const found: Sentence[] = [];
  for (const [index, line] of lines.entries()) {
    const words = /(?:^|\s)#\s*(.*)$/.exec(line)?.[1]?.trim() ?? "";
    if (words === "") continue;
    const last = found.at(-1);
    const goesOn = /^\s*#/.test(line) && /^\s*#/.test(lines[index - 1] ?? "");
    if (goesOn && last !== undefined) found[found.length - 1] = { ...last, words: `${last.words} ${words}` };
    else found.push({ path, line: index + 1, words });
  }
  return found.filter(({ words }) => isProse(words));
}
