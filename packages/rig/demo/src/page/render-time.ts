import { describeInstant } from "@patchpilot/time";
import { escapeHtml } from "./escape-html.ts";

/** `2 March, 19:12 UTC` */
export const describeTime = (iso: string): string => describeInstant(iso, iso);

/** `2 March` */
export const describeDay = (iso: string): string => describeTime(iso).split(",")[0] ?? "";

export const renderTime = (iso: string, shown = describeTime(iso)): string =>
  `<time datetime="${escapeHtml(iso)}">${escapeHtml(shown)}</time>`;
