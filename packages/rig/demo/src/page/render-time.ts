import { describeInstant } from "@patchpilot/time";
import { escapeHtml } from "./escape-html.ts";

/** `2 March, 19:12 UTC` */
export const describeTime = (iso: string): string => describeInstant(iso, iso);

/** `2 March` */
export const describeDay = (iso: string): string => describeTime(iso).split(",")[0] ?? "";

/** When something was written, and when it was edited last: on a telephone in one line. */
export function renderWritten(at: string, editedAt: string | null): string {
  if (editedAt === null) return renderTime(at);
  const written = renderTime(at, describeTime(at).replace(" UTC", ""));
  const isSameDay = describeDay(at) === describeDay(editedAt);
  return `${written} · edited ${renderTime(editedAt, isSameDay ? describeTime(editedAt).split(", ")[1] : undefined)}`;
}

export const renderTime = (iso: string, shown = describeTime(iso)): string =>
  `<time datetime="${escapeHtml(iso)}">${escapeHtml(shown)}</time>`;
