import { markdownTable } from "markdown-table";

/** A table in Markdown. Cells keep to one line, and a bar in a cell does not open the next one. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")));
  return markdownTable(cells, { alignDelimiters: false, padding: true });
}
