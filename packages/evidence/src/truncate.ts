/**
 * Cuts a text to at most `most` UTF-16 units, never through a code point or inside `[redacted …]`, and says how
 * much is missing. A text that fits comes back as it is.
 */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  const note = (missing: number): string => ` […${missing} more characters]`;
  const room = most - note(text.length).length;
  if (room <= 0) return cutAtCodePoint(text, most);
  const kept = cutAtCodePoint(text, room).replace(/\[redacted [\w-]{0,20}$/, "");
  return kept + note(text.length - kept.length);
}

/** The first `most` UTF-16 units of a text, one fewer where a surrogate pair would be split. */
export function cutAtCodePoint(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, Math.max(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most));
}
