/** A table of a summary; its cells are inert Markdown without bars. */
export type SummaryTable = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/**
 * What a step adds to the summary of its job. It has no heading, so that the steps of a job read as one block. Pure.
 * @param name of the action, as people say it
 * @param first what was done, in one sentence or two
 * @param notes sentences for below the table
 */
export function writeSummary(
  name: string,
  first: string,
  { head, rows }: SummaryTable = { head: [], rows: [] },
  notes: readonly string[] = [],
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `**${name}:** ${first}`,
    ...(rows.length === 0 ? [] : ["", row(head), row(head.map(() => "---")), ...rows.map(row)]),
    ...(notes.length === 0 ? [] : ["", ...notes.map((note) => `- ${note}`)]),
    "",
  ].join("\n");
}
