import type { Hide } from "./hide.ts";

/** `user:password@` or `token@` before a host; the last @ ends it, as passwords hold @ too. */
const PLAIN =
  /(?<=:\/\/|%3A%2F%2F)(?!(?:git|ssh)?@)[^\s"'<>`/?#@:]{0,256}(?::[^\s"'<>`/?#]{0,512})?(?:@|%40)(?=[^\s"'<>`])/gi;

/** A password with / ? or # in it, which URLs do not allow and people write; not a port before a path. */
const LOOSE = /(?<=:\/\/)[^\s"'<>`/?#@:]{1,128}:(?!\d{1,5}(?:[/?#\s]|$))[^\s"'<>`@]{1,256}@(?=[A-Za-z0-9[])/g;

/** Hides the user name and password of URLs and connection strings; scheme and host stay. */
export function hideUrlCredentials(text: string, hide: Hide): string {
  if (!text.includes("://") && !/%3A%2F%2F/i.test(text)) return text;
  const cover = (): string => `${hide("url-credentials")}@`;
  return text.replace(PLAIN, cover).replace(LOOSE, cover);
}
