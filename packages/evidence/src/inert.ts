import { stripHidden } from "./hidden-characters.ts";
import { WEB_ADDRESS } from "./markdown.ts";
import { oneLine } from "./sanitise.ts";
import { truncate } from "./truncate.ts";

/**
 * What programs act on when they read text as it is: every sign of ASCII but quotes, commas and semicolons; a point
 * inside a word or an address; and the beginning of words that need no sign.
 */
const ACTED_ON =
  /[!#-&(-+\-/:<-@[-`{-~]|\.(?=\S)|(?<=www)\.|(?=approve|breaking|feat|lgtm|major|minor|rebase|recheck|retest|skip|ok\W{1,9}to\W{1,9}test|test\W{1,9}this)./gi;

/** In hexadecimal: a decimal number after `#` would itself refer to an issue. */
const entity = (sign: string): string => `&#x${sign.codePointAt(0)?.toString(16)};`;

const asEntities = (text: string): string => text.replace(ACTED_ON, entity);

/**
 * Clean text as code on one line, for Markdown that may become a commit message. A reader sees the text; whoever reads
 * the Markdown as it is (CI that skips, Sentry, trailers, bots) finds nothing to act on, which a code span does not
 * stop.
 */
export function inertCode(text: string, most = 200): string {
  const calm = truncate(oneLine(text), most);
  return calm === "" ? "(empty)" : `<code>${asEntities(calm)}</code>`;
}

/** Clean text over several lines as a quotation of inert code. No line of it begins with a word of the text. */
export const inertQuote = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (line.trim() === "" ? ">" : `> <code>${asEntities(line)}</code>`))
    .join("\n");

/** A link whose address is inert as text, too; any address but one of the web leaves the label alone. */
export const inertLink = (label: string, address: string): string =>
  WEB_ADDRESS.test(address) ? `[${label}](${asEntities(address)})` : label;

/** How far a sign of ASCII is from the same sign in full width. */
const FULL_WIDTH = 0xfee0;

/** A conventional commit's type, which says what the workflow's author means; one that breaks is none. */
const TYPE = /^[a-z]{1,20}(\([\w-]{1,40}\))?: /;

/**
 * Clean text as the subject of a commit, where nothing can be escaped: signs that programs act on become look-alikes,
 * as in `［skip ci］`, `＠name`, `＃1` and `SHOP‑1`. The type of a conventional commit stays.
 */
export function inertSubject(text: string, most = 160): string {
  const calm = oneLine(text);
  const type = TYPE.exec(calm)?.[0] ?? "";
  const rest = calm
    .slice(type.length)
    .replaceAll("-", "‑")
    .replaceAll("`", "'")
    .replace(/[!#*+:@[\]{}]|^[./]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + FULL_WIDTH));
  return truncate(type + rest, most);
}

/** In front of a sign or behind it, it is not seen, and no program takes the sign for one that it knows. */
const JOINER = "\u2060";

/** A code span, from its bar to the next one as long, or a sign of Markdown outside of one. */
const SPAN_OR_SIGN = /(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)|[\\|<>[\]*_~]/g;

/**
 * Our own sentence in Markdown that may hold words of others: they cannot notify, refer, link, show an image or break a
 * table, and none begins a heading, a list or a fence. Code spans show what they hold.
 */
export function inertSentence(text: string): string {
  return stripHidden(text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " "))
    .text.replace(/@(?=\S)|#(?=\w)|(?<![a-z\d])GH-(?=\d)|:(?=\/\/)|www(?=\.)|&(?=[a-z])/gi, `$&${JOINER}`)
    .replace(SPAN_OR_SIGN, (match, bar: string | undefined, code = "") =>
      bar === undefined ? `\\${match}` : keepCode(match, code),
    )
    .trim()
    .replace(/^(?=[-+#=]|```|\d{1,9}[.)])/, JOINER);
}

/** A bar would end the cell of a table even in code, and a backslash before it would be seen anywhere else. */
const keepCode = (span: string, code: string): string =>
  code.includes("|") ? `<code>${asEntities(code.trim())}</code>` : span;
