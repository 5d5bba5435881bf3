/**
 * A record's own comment: one line, and the rest folded, since the status shows its state.
 * @param title plain words; Markdown is not read there
 */
export const foldRecord = (title: string, details: string): string =>
  `<details><summary>${title}</summary>\n\n${details}${FOLD_END}`;

const FOLD_END = "\n\n</details>";

/** What a comment holds, without its fold; a comment from before there was one holds it openly. */
export const unfoldRecord = (text: string): string =>
  text.startsWith("<details>") && text.endsWith(FOLD_END) ? text.slice(0, -FOLD_END.length) : text;
