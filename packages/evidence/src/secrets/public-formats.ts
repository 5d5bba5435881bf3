import type { Hide } from "../hide.ts";
import { TOKEN_FORMATS } from "./token-formats.ts";

type Format = {
  readonly family: string;
  readonly names: readonly string[];
  readonly source: string;
  found?: RegExp;
};

/** A format that begins with letters which are rare elsewhere is found by them, and compiled only if they occur. */
type Prefixed = Format & { readonly prefix: string };

type Sorted = {
  readonly prefixed: readonly Prefixed[];
  readonly named: ReadonlyMap<string, Format[]>;
  names?: RegExp;
};

/** The family of a rule is what issues its tokens: the first word of its name. */
export const readFamily = (rule: string): string => rule.split("-")[0] ?? rule;

/** Hides the tokens of a family or not; all by default. */
export type Families = (family: string) => boolean;

const sorted = new Map<Families, Sorted>();
export const EVERY_FAMILY: Families = () => true;

function sortFormats(families: Families): Sorted {
  const known = sorted.get(families);
  if (known !== undefined) return known;
  const prefixed: Prefixed[] = [];
  const named = new Map<string, Format[]>();
  for (const row of TOKEN_FORMATS) {
    const [rule = "", names = "", ...rest] = row.split("|");
    const format: Format = { family: readFamily(rule), names: names.split(","), source: rest.join("|") };
    if (!families(format.family)) continue;
    const prefix = literalPrefix(format.source);
    if (prefix.length >= 4 && /[^a-z]/.test(prefix)) prefixed.push({ ...format, prefix });
    else if (names === "") prefixed.push({ ...format, prefix: "" });
    for (const name of names === "" ? [] : format.names)
      named.set(name, [...(named.get(name) ?? []), format]);
  }
  const made = { prefixed, named };
  sorted.set(families, made);
  return made;
}

/** The characters that every token of a format begins with. */
function literalPrefix(source: string): string {
  if (hasTopAlternative(source)) return "";
  const literal = /^(?:[\w~:/-]|\\[.-])*/.exec(source)?.[0] ?? "";
  const counted = /^[{?*+]/.test(source.slice(literal.length)) ? literal.replace(/\\?.$/, "") : literal;
  return counted.replaceAll("\\", "");
}

function hasTopAlternative(source: string): boolean {
  return source.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "").includes("|");
}

/**
 * Where a token may begin: not inside a longer word, but after an escape such as `%3D` or `\n`, which end in a letter or
 * digit. The source of a look-behind.
 */
export const EDGE = String.raw`(?<=^|[^A-Za-z0-9]|%[0-9A-Fa-f]{2}|\\[nrtbf]|\\u[0-9A-Fa-f]{4})`;

/** Hides tokens in the formats of public rules that say by themselves whose they are. */
export function hidePublicFormats(text: string, hide: Hide, families: Families): string {
  let hidden = text;
  for (const format of sortFormats(families).prefixed) {
    if (format.prefix !== "" && !hidden.includes(format.prefix)) continue;
    format.found ??= new RegExp(`${EDGE}(?:${format.source})[\\w-]{0,256}`, "g");
    hidden = hidden.replace(format.found, () => hide(`${format.family}-token`));
  }
  return hidden;
}

const OPERATOR = String.raw`[\w \t.-]{0,25}[\s"'\`)\]\\]{0,4}(?::\s?&?\w{1,12}\s?=|[:=|?+<-]{0,3}[=:>|-]|,|%3D|[ \t])[\s"'\`=(\\\[]{0,6}`;

/** Hides tokens whose format says nothing without the service's name before it: `datadog_app: 0f3a…`. */
export function hideNamedFormats(text: string, hide: Hide, families: Families): string {
  const all = sortFormats(families);
  if (all.named.size === 0) return text;
  all.names ??= new RegExp(
    `(${[...all.named.keys()].map(spacedName).join("|")})(?=${OPERATOR}([\\w]))`,
    "gi",
  );
  const pieces: string[] = [];
  let at = 0;
  all.names.lastIndex = 0;
  for (let found = all.names.exec(text); found !== null; found = all.names.exec(text)) {
    const formats = all.named.get((found[1] ?? "").toLowerCase().replace(/[_.-]/g, "")) ?? [];
    const span = valueIn(text, all.names.lastIndex, formats);
    if (span === null) continue;
    pieces.push(text.slice(at, span.start), hide(`${formats[0]?.family ?? "service"}-token`));
    at = span.end;
    all.names.lastIndex = at;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/** `launchdarkly` is also written `launch_darkly` and `launch-darkly`; only where the words are known to be two. */
const spacedName = (name: string): string =>
  name.replace(/^(new|message|private|linked|launch)(?=[a-z])/, "$1[_.-]?");

const VALUE = /[A-Za-z0-9][\w=./+:%-]{13,200}/y;
const HAS_DIGIT_OR_TURNS = /\d|[a-z][A-Z][a-z]*[A-Z][a-z]*[A-Z]/;

function valueIn(
  text: string,
  nameEnd: number,
  formats: readonly Format[],
): { start: number; end: number } | null {
  const window = text.slice(nameEnd, nameEnd + 60);
  for (const begin of window.matchAll(/(?<=[\s"'`=:,>|(\\[])[A-Za-z0-9]/g)) {
    VALUE.lastIndex = nameEnd + begin.index;
    const value = VALUE.exec(text)?.[0];
    if (value === undefined || !HAS_DIGIT_OR_TURNS.test(value)) continue;
    for (const format of formats)
      if (wholly(format, value))
        return { start: nameEnd + begin.index, end: nameEnd + begin.index + value.length };
  }
  return null;
}

const whole = new WeakMap<Format, RegExp>();

function wholly(format: Format, value: string): boolean {
  const pattern = whole.get(format) ?? new RegExp(`^(?:${format.source})[.:]?$`);
  whole.set(format, pattern);
  return pattern.test(value);
}
