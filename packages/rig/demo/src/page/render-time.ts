import { escapeHtml } from "./escape-html.ts";

/** `2 March, 19:12 UTC` */
export const describeTime = (iso: string): string => `${describeDay(iso)}, ${iso.slice(11, 16)} UTC`;

/** `2 March` */
export const describeDay = (iso: string): string =>
  new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

export const renderTime = (iso: string, shown = describeTime(iso)): string =>
  `<time datetime="${escapeHtml(iso)}">${escapeHtml(shown)}</time>`;
