import type { FileView } from "../story/github-view.ts";
import { escapeHtml } from "./escape-html.ts";

/** A changed file with its lines, as GitHub's tab "Files changed" shows it. */
export function renderFile(file: FileView): string {
  const { path, status, additions, deletions, patch } = file;
  const what = status === "modified" ? "" : ` (${status})`;
  return `<details class="file" open>
<summary><code>${escapeHtml(path)}</code>${what} <span class="added">+${additions}</span> <span class="removed">−${deletions}</span></summary>
<div class="diff">
<table><tbody>
${patch === undefined ? "<tr><td>No text.</td></tr>" : numberLines(patch).map(renderLine).join("\n")}
</tbody></table>
</div>
</details>`;
}

/** A line of a difference with its numbers before and after; neither has one where it only heads a hunk. */
type DiffLine = {
  readonly text: string;
  readonly old: number | undefined;
  readonly next: number | undefined;
};

/** @param patch hunks in git's form */
export function numberLines(patch: string): DiffLine[] {
  let [old, next] = [0, 0];
  return patch.split("\n").map((text) => {
    const [, oldStart, nextStart] = /^@@ -(\d+)\S* \+(\d+)/.exec(text) ?? [];
    if (oldStart !== undefined) {
      [old, next] = [Number(oldStart), Number(nextStart)];
      return { text, old: undefined, next: undefined };
    }
    if (text.startsWith("\\")) return { text, old: undefined, next: undefined };
    return {
      text,
      old: text.startsWith("+") ? undefined : old++,
      next: text.startsWith("-") ? undefined : next++,
    };
  });
}

const CLASSES: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "@": "hunk", "\\": "hunk" };

/** The mark is apart from the code, so what was added reads as it is in the file. */
function renderLine({ text, old, next }: DiffLine): string {
  const isCode = old !== undefined || next !== undefined;
  const shown = isCode ? `${text.slice(0, 1)} ${text.slice(1)}` : text;
  return `<tr class="${CLASSES[text[0] ?? ""] ?? "same"}"><td class="at">${old ?? ""}</td><td class="at">${next ?? ""}</td><td><code>${escapeHtml(shown)}</code></td></tr>`;
}
