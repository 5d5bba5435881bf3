import type { CommentView, EventView, StoryDeed, ThreadView } from "../story/github-view.ts";
import type { Mail } from "../story/mailbox.ts";
import { escapeHtml } from "./escape-html.ts";
import { commentId, mailId, threadId } from "./page-links.ts";
import { drawLabel } from "./render-label.ts";
import { type MarkdownContext, renderMarkdown } from "./render-markdown.ts";
import { describeTime, renderTime } from "./render-time.ts";

/** What the parts of the page share. */
export type PageContext = MarkdownContext & { readonly mails: readonly Mail[] };

type Entry =
  | { readonly at: string; readonly comment: CommentView }
  | { readonly at: string; readonly event: EventView };

/** Body, comments and events in the order of their beginning, as on GitHub; what happened at once stays in its order. */
export function renderThread(thread: ThreadView, context: PageContext): string {
  const { author, body, createdAt, comments, events, number } = thread;
  const entries: Entry[] = [
    ...comments.map((comment) => ({ at: comment.at, comment })),
    ...events.map((event) => ({ at: event.at, event })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const first = { id: 0, author, at: createdAt, editedAt: null, body };
  return [
    renderComment(first, `body-${number}`, context),
    ...entries.map((entry) =>
      "event" in entry
        ? renderEvent(entry.event, context)
        : renderComment(entry.comment, commentId(entry.comment.id), context),
    ),
  ].join("\n");
}

function renderComment(
  { id, author, at, editedAt, body }: CommentView,
  anchor: string,
  context: PageContext,
) {
  const edited = editedAt === null ? "" : ` · edited ${renderTime(editedAt)}`;
  return `<article class="comment" id="${anchor}" aria-label="${escapeHtml(`${author}, ${describeTime(at)}`)}">
<header><b>${escapeHtml(author)}</b> <span>${renderTime(at)}${edited}</span></header>
<div class="body">${renderMarkdown(body, context)}</div>
${renderMailed(id, context)}</article>`;
}

/** Whom GitHub tells of a comment. Of an edited one it tells nobody again. */
function renderMailed(comment: number, { mails }: PageContext): string {
  const index = mails.findIndex((mail) => mail.comment === comment);
  const mail = mails[index];
  if (mail === undefined) return "";
  return `<p class="mailed"><a href="#${mailId(index)}">✉ Mailed to you</a> because ${mail.reason}</p>\n`;
}

function renderEvent({ at, actor, deeds }: EventView, context: PageContext): string {
  const done = deeds.map((deed) => renderDeed(deed, context)).join(", ");
  return `<p class="event"><b>${escapeHtml(actor)}</b> ${done} · ${renderTime(at)}</p>`;
}

function renderDeed(deed: StoryDeed, { thread }: PageContext): string {
  if (deed.kind === "said") return escapeHtml(deed.text);
  if (deed.kind !== "referenced")
    return `${deed.kind === "labeled" ? "added" : "removed"} ${drawLabel(deed.label)}`;
  const target = thread(deed.number) ?? `#${threadId(deed.number)}`;
  return `mentioned this in <a href="${escapeHtml(target)}">#${deed.number}</a>`;
}
