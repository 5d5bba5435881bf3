/** Cells of a table of texts: a row a line, `|` between two cells. */
export const readTable = (table: string): [string, string, string, ...string[]][] =>
  table
    .trim()
    .split("\n")
    .map((row) => {
      const [what = "", one = "", other = "", ...more] = row.trim().split(" | ");
      return [what, one, other, ...more];
    });

/** The same for people, as Markdown. */
export const writeTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
