/** A record's own comment, whose state the status shows: one line, and the rest folded. */
export const foldRecord = (line: string, details: string): string =>
  `${line}\n\n<details><summary>Details</summary>\n\n${details}\n\n</details>`;
