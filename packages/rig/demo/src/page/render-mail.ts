import type { Mail } from "../story/mailbox.ts";
import { escapeHtml } from "./escape-html.ts";
import { mailId, threadId } from "./page-links.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { PageContext } from "./render-thread.ts";
import { renderTime } from "./render-time.ts";

/** Everything that GitHub mailed, as a list in which each one unfolds. */
export function renderMails(context: PageContext): string {
  if (context.mails.length === 0) return "<p>None: nothing here mentions you or asks for your review.</p>";
  return context.mails.map((mail, index) => renderMail(mail, index, context)).join("\n");
}

function renderMail(mail: Mail, index: number, context: PageContext): string {
  const { at, from, subject, body, reason, number } = mail;
  return `<details class="mail" id="${mailId(index)}">
<summary>${renderTime(at)} · <b>${escapeHtml(subject)}</b><br><span class="quiet">${escapeHtml(makePreview(body))}</span></summary>
<div class="body">
<p class="quiet">From: ${escapeHtml(from)} &lt;notifications@github.com&gt;</p>
${renderMarkdown(body, context)}
<p class="quiet">You are receiving this because ${reason}. <a href="#${threadId(number)}">View it on GitHub</a></p>
</div>
</details>`;
}

const LONGEST_PREVIEW = 140;

/** The first words, as a locked telephone shows them. */
function makePreview(body: string): string {
  const plain = body
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<details>[\s\S]*<\/details>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[#*`|]+(?=\s|\w|$)|\*\*/g, (mark) =>
      /^#+$/.test(mark) ? mark.slice(mark.length > 1 ? mark.length : 0) : "",
    )
    .trim()
    .replace(/\n\s*\n\s*/g, " — ")
    .replace(/\s+/g, " ");
  return plain.length > LONGEST_PREVIEW ? `${plain.slice(0, LONGEST_PREVIEW)}…` : plain;
}
