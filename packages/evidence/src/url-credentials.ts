import type { Hide } from "./hide.ts";

/** What holds the place of credentials that a program fills in: `${token}@`, `$USER:$PASSWORD@`, `{user}:{password}@`, `%s:%s@`. */
const FILLED_IN = String.raw`(?!(?::?(?:\$?\{[\w.]{1,80}\}|\$\w{1,80}|%s)){1,2}@)`;

/** `user:password@` or `token@` before a host; the last @ ends it, as passwords hold @ too. */
const PLAIN = new RegExp(
  String.raw`(?<=://)(?!(?:git|ssh)?@)${FILLED_IN}[^\s"'<>\x60/?#@:]{0,256}(?::[^\s"'<>\x60/?#]{0,512})?(?:@|%40)(?=[^\s"'<>\x60])`,
  "g",
);

/** The same inside an encoded address, where an encoded slash, blank or sign of a query ends it. */
const ENCODED =
  /(?<=%3A%2F%2F)(?!(?:git|ssh)?(?:@|%40))(?:(?!%(?:2F|3F|23|20|0A|40))[^\s"'<>`/?#@]){0,768}(?:@|%40)(?=[^\s"'<>`])/gi;

/** A password with / ? or # in it, which URLs do not allow and people write; not a port before a path. */
const LOOSE = new RegExp(
  String.raw`(?<=://)${FILLED_IN}[^\s"'<>\x60/?#@:]{1,128}:(?!\d{1,5}(?:[/?#\s]|$))[^\s"'<>\x60@]{1,256}@(?=[A-Za-z0-9[])`,
  "g",
);

/** Hides the user name and password of URLs and connection strings; scheme and host stay. */
export function hideUrlCredentials(text: string, hide: Hide): string {
  if (!text.includes("://") && !/%3A%2F%2F/i.test(text)) return text;
  const cover = (): string => `${hide("url-credentials")}@`;
  return text.replace(PLAIN, cover).replace(ENCODED, cover).replace(LOOSE, cover);
}
