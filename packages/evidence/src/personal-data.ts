import { isIPv6 } from "node:net";
import { findIbans, passesLuhn } from "./check-digits.ts";
import type { Hide } from "./hide.ts";

/** Identifiers whose digits are no one's number: UUIDs, digests, trace ids, timestamps. They are not redacted. */
const IDENTIFIER =
  /(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9A-Fa-f]{20,128}(?![0-9A-Za-z])|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/g;

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;
const LONG_LOCAL_PART =
  /[\p{L}\p{N}._%+'-]{64}(?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;
/** `icon@2x.png`, `pkg@2.0.0-beta.rc`, `git@github.com`. */
const NO_EMAIL =
  /(?:@|%40)\d+x?\.|\.(?:png|jpe?g|gif|webp|avif|svg|[cm]?jsx?|tsx?|css|map|json|html?|vue|svelte)$|^git@/i;

/** Home folders of absolute paths; `src/home/page.ts` in a repository is none. */
const USER_PATH =
  /((?<![\w.\])-])(?:\/(?:mnt\/[a-z]|[a-z]|export|var|usr|private|System\/Volumes\/Data))?\/(?:Users|home)\/|\\{1,4}(?:Users|Documents and Settings)\\{1,4})([^\s/\\:"'<>|*?]+(?: [^\s/\\:"'<>|*?]+){0,3}(?=[/\\])|[^\s/\\:"'<>|*?,;)\]]+)/g;

const IPV4 =
  /(?<![\w.])(?<!\d-)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g;
const NOT_AN_ADDRESS = /^127\.|\.0\.0\.0$/;
const IPV6 = /(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:\.\d{1,3}){0,3}(?:%[a-z0-9]{1,15})?(?![\w:])/g;
const MAC = /(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])/g;

const CARD = /(?<![\w.+])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w]|\.\d)/g;
/** How the numbers of card networks begin, and how many digits theirs have: a point in time such as 20211105155107 is none. */
const ISSUED =
  /^(?:2(?:20[0-5]|22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12,15}|3[0-9]\d{12,17}|4(?:\d{12}|\d{15}|\d{18})|[56]\d{12,18})$/;
/** Only a few issuers have 17 to 19 digits, and few people write them without gaps: without a word for a card they are an id. */
const LONG_ID = /^\d{17,19}$/;
const SPEAKS_OF_CARD =
  /(?:card|(?<![a-z])(?:pan|cc)|visa|maestro|unionpay|discover|jcb)[\w"' -]{0,12}[\s:=#"']{0,4}$/i;
/** The range of addresses for documentation (RFC 7042). */
const EXAMPLE_MAC = /^00.00.5e.00.53/i;
const SSN = /(?<![\w-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])/g;
const PHONE =
  /(?<![\w.+])\+\d{1,3}[ ().-]{0,2}\d(?:[ ().-]{0,2}\d){6,12}(?!\w)|(?<![\w.+-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g;
const NAMED_PHONE =
  /\b(?:phone|tel|mobile|telephone|cell)(?:[-_]?(?:number|no))?["']?\s{0,3}[:=]\s{0,3}["']?(\+?\d[\d ().-]{5,18}\d)/gi;

/** Hides what identifies a person: e-mail, addresses of machines, card, IBAN, SSN, phone, the user's name in paths. */
export function hidePersonalData(text: string, hide: Hide): string {
  const named = text
    .replace(EMAIL, (found) => (NO_EMAIL.test(found) ? found : hide("email")))
    .replace(LONG_LOCAL_PART, (found) => (NO_EMAIL.test(found) ? found : hide("email")))
    .replace(USER_PATH, (_, before: string) => before + hide("user"));
  return hideNumbers(named, hide);
}

type Hit = { start: number; end: number; kind: string };

function hideNumbers(text: string, hide: Hide): string {
  if (!/\d/.test(text)) return text;
  // Before identifiers are masked: the IBANs of some countries are written in the letters of hexadecimal digits.
  const ibans = findIbans(text).map((span) => ({ ...span, kind: "iban" }));
  const masked = text.replace(IDENTIFIER, (found) => "x".repeat(found.length));
  const hits = [
    ...matches(masked, MAC, "mac", (found) => !EXAMPLE_MAC.test(found)),
    ...matches(masked, IPV6, "ip", isPersonalIpv6),
    ...matches(masked, IPV4, "ip", (found) => !NOT_AN_ADDRESS.test(found)),
    ...ibans,
    ...matches(masked, CARD, "card", (found, at) => isCard(masked, found, at)),
    ...matches(masked, SSN, "ssn", () => true),
    ...matches(masked, PHONE, "phone", (found) => /^(?:\D*\d){8,15}$/.test(found)),
    ...namedPhones(masked),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: string[] = [];
  let at = 0;
  for (const hit of hits) {
    if (hit.start < at) continue;
    pieces.push(text.slice(at, hit.start), hide(hit.kind));
    at = hit.end;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

function isCard(text: string, found: string, at: number): boolean {
  if (!passesLuhn(found) || !ISSUED.test(found.replace(/\D/g, ""))) return false;
  return !LONG_ID.test(found) || SPEAKS_OF_CARD.test(text.slice(Math.max(0, at - 32), at));
}

type Holds = (found: string, at: number) => boolean;

function matches(text: string, pattern: RegExp, kind: string, holds: Holds): Hit[] {
  return Array.from(text.matchAll(pattern))
    .filter((match) => holds(match[0], match.index))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, kind }));
}

function namedPhones(text: string): Hit[] {
  return Array.from(text.matchAll(NAMED_PHONE)).map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? "").length, end, kind: "phone" };
  });
}

/** Loopback says nothing of a person; without a digit it is rather `a::b` of a programming language. */
function isPersonalIpv6(found: string): boolean {
  const address = found.replace(/%.*$/, "");
  return /\d/.test(address) && address !== "::1" && isIPv6(address);
}
