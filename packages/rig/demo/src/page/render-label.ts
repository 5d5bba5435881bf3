import type { LabelView } from "../story/github-view.ts";
import { escapeHtml } from "./escape-html.ts";

/** A label in its own colour, with the text in black or white, whichever can be read better. */
export function drawLabel({ name, color, description }: LabelView): string {
  const safe = /^[\da-f]{6}$/i.test(color) ? color : "ededed";
  const title = description === "" ? "" : ` title="${escapeHtml(description)}"`;
  return `<span class="label" style="background:#${safe};color:${chooseInk(safe)}"${title}>${escapeHtml(name)}</span>`;
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function chooseInk(color: string): "#000" | "#fff" {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "#000" : "#fff";
}
