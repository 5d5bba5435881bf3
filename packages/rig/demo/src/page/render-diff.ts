import type { FileView } from "../story/github-view.ts";
import { escapeHtml } from "./escape-html.ts";

/** A changed file with its lines, as GitHub's tab "Files changed" shows it. */
export function renderFile(file: FileView): string {
  const { path, status, additions, deletions, patch } = file;
  const what = status === "modified" ? "" : ` (${status})`;
  return `<details class="file" open>
<summary><code>${escapeHtml(path)}</code>${what} <span class="added">+${additions}</span> <span class="removed">−${deletions}</span></summary>
<div class="diff" role="group" aria-label="${escapeHtml(`Changes of ${path}`)}" tabindex="0">
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

const renderLine = ({ text, old, next }: DiffLine): string =>
  `<tr class="${CLASSES[text[0] ?? ""] ?? "same"}"><td class="at">${old ?? ""}</td><td class="at">${next ?? ""}</td><td><code>${escapeHtml(text)}</code></td></tr>`;
