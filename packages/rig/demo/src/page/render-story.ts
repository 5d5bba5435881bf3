import type { TimelineEntry } from "../story/timeline.ts";
import { escapeHtml } from "./escape-html.ts";
import { describeDay, renderTime } from "./render-time.ts";

/** What happened, day by day. */
export function renderStory(timeline: readonly TimelineEntry[]): string {
  const days = Map.groupBy(timeline, ({ at }) => describeDay(at));
  return [...days]
    .map(
      ([day, entries]) =>
        `<h3>${escapeHtml(day)}</h3>\n<ol class="story">\n${entries.map(renderEntry).join("\n")}\n</ol>`,
    )
    .join("\n");
}

const renderEntry = ({ at, actor, event }: TimelineEntry): string =>
  `<li>${renderTime(at, at.slice(11, 16))} <b>${escapeHtml(actor)}</b> ${escapeHtml(event)}</li>`;
