import type { CommentView, EventView, StoryDeed, ThreadView } from "../story/github-view.ts";
import type { Mail } from "../story/mailbox.ts";
import { escapeHtml } from "./escape-html.ts";
import { commentId, mailId, threadId } from "./page-links.ts";
import { drawLabel } from "./render-label.ts";
import { type MarkdownContext, renderMarkdown } from "./render-markdown.ts";
import { describeTime, renderTime, renderWritten } from "./render-time.ts";

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
  const first = { id: 0, author, at: createdAt, editedAt: null, isOutdated: false, body };
  return [
    renderComment(first, `body-${number}`, context),
    ...entries.map((entry) =>
      "event" in entry
        ? renderEvent(entry.event, context)
        : renderComment(entry.comment, commentId(entry.comment.id), context),
    ),
  ].join("\n");
}

function renderComment(comment: CommentView, anchor: string, context: PageContext): string {
  const { id, author, at, editedAt, isOutdated, body } = comment;
  const label = escapeHtml(`${author}, ${describeTime(at)}`);
  const inner = `<header><b>${escapeHtml(author)}</b> <span class="when">${renderWritten(at, editedAt)}</span></header>
<div class="body">${renderMarkdown(body, context)}</div>
${renderMailed(id, context)}`;
  if (!isOutdated)
    return `<article class="comment" id="${anchor}" aria-label="${label}">\n${inner}</article>`;
  return `<details class="outdated" id="${anchor}">
<summary><b>${escapeHtml(author)}</b> This comment was marked as outdated · ${renderTime(at)}</summary>
<article class="comment" aria-label="${label}">\n${inner}</article>
</details>`;
}

/** Whom GitHub tells of a comment. Of an edited one it tells nobody again. */
function renderMailed(comment: number, { mails }: PageContext): string {
  const index = mails.findIndex((mail) => mail.comment === comment);
  const mail = mails[index];
  if (mail === undefined) return "";
  return `<p class="mailed"><a href="#${mailId(index)}">✉ Mailed to you</a> because ${mail.reason}</p>\n`;
}

function renderEvent({ at, actor, deeds }: EventView, context: PageContext): string {
  const done = joinDeeds(deeds)
    .map((group) => renderDeeds(group, context))
    .join(", ");
  return `<p class="event"><b>${escapeHtml(actor)}</b> ${done} · ${renderTime(at)}</p>`;
}

/** Neighbours of a kind together: labels that were added one after the other are one deed. */
function joinDeeds(deeds: readonly StoryDeed[]): StoryDeed[][] {
  const groups: StoryDeed[][] = [];
  for (const deed of deeds) {
    const last = groups.at(-1);
    if (last?.[0]?.kind === deed.kind) last.push(deed);
    else groups.push([deed]);
  }
  return groups;
}

const DONE: Readonly<Record<StoryDeed["kind"], string>> = {
  labeled: "added ",
  unlabeled: "removed ",
  referenced: "mentioned this in ",
  said: "",
};

function renderDeeds(deeds: readonly StoryDeed[], { thread }: PageContext): string {
  const shown = deeds.map((deed) => {
    if (deed.kind === "said") return escapeHtml(deed.text);
    if (deed.kind !== "referenced") return drawLabel(deed.label);
    const target = thread(deed.number) ?? `#${threadId(deed.number)}`;
    return `<a href="${escapeHtml(target)}">#${deed.number}</a>`;
  });
  const kind = deeds[0]?.kind ?? "said";
  return `${DONE[kind]}${shown.join(kind === "said" ? ", " : " ")}`;
}
