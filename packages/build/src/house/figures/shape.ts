/** Words of the language: what stays of a line if its names, strings and numbers may differ. */
const WORDS = new Set(
  (
    "as async await break case catch class const continue default delete do else export extends finally for from " +
    "function if implements import in infer instanceof interface is keyof let new null of readonly return satisfies " +
    "static super switch this throw try type typeof var void while with yield"
  ).split(" "),
);

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[\p{L}_$][\p{L}\p{N}_$]*|\d[\d_.]*|\S/gu;

/** A line with one letter for each name, string and number, its tokens apart. */
export const shapeOf = (line: string): string =>
  [...line.matchAll(TOKEN)].map(([token]) => letterFor(token)).join(" ");

function letterFor(token: string): string {
  if (/^["'`]/.test(token) && token.length > 1) return "S";
  if (/^\d/.test(token)) return "N";
  return /^[\p{L}_$]/u.test(token) && !WORDS.has(token) ? "I" : token;
}

/** Whether shapes in a row say more than a list of fields or arguments, which are alike by chance. */
export const isTelling = (shapes: readonly string[]): boolean =>
  new Set(shapes).size >= 3 && shapes.join(" ").split(" ").length >= 33;
