import { secretPatterns } from "@patchpilot/evidence";
import { makeFinding, type PolicyFinding } from "./rules.ts";
import type { PatchText, Version } from "./text/patched-file.ts";

/** What everybody may know: keys that are made for browsers, and the address that errors are sent to. */
const PUBLIC = /^(?:phc_|pk_(?:live|test)_|sb_publishable_)/;

/** Kinds whose shape is that of a header or of a token for one request, and which examples are full of. */
const WEAK_KINDS = new Set(["credential"]);

const PRIVATE_KEY = /-{5}BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-{5}\s*\S{20,}/g;
const URL_PASSWORD = /:\/\/[^\s"'<>`/?#@:$]{1,128}:([^\s"'<>`/?#@]{6,256})@(?=[\w[])/g;
const NAMED =
  /(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|(?:access|private|signing|encryption|service)[-_]?key|credentials?)[A-Za-z0-9_]{0,20}["'\]]{0,2}\s{0,4}(?:=>|:=|[:=])\s{0,4}["'`]([^"'`\s]{16,256})["'`]/gi;

/** Words of whoever writes an example. */
const OBVIOUSLY_FAKE =
  /example|sample|dummy|fake|mock|test|placeholder|change[-_]?me|redacted|your[-_]|my[-_]|xxxx|\*\*\*|<[\w -]+>|\$\{|\{\{|%\(|john ?doe|jane ?doe|foo|bar|secret|password|hunter2|correct.?horse|lorem|deadbeef|cafebabe|insert|replace|todo|local|default|admin|root|guest|postgres:postgres|not[-_]?real|invalid|1234567|abcdef|zzzz|0000000|1111111|aaaaaaa/i;

/**
 * Secrets on lines that the patch adds and that stood nowhere in its files before. Digests, UUIDs, keys that are
 * public by nature and what obviously stands for a secret are none. Pure.
 */
export function judgeSecrets({ files }: PatchText): PolicyFinding[] {
  const known = new Set(files.flatMap(({ before }) => findSecrets(before, false)).map(({ value }) => value));
  return files.flatMap(({ path, after }) =>
    findSecrets(after, true)
      .filter(({ value }) => !known.has(value))
      .map(({ kind, line }) => {
        const told = `\`${path}\` adds what looks like a secret (${kind}, line ${line}).`;
        return makeFinding("secret", told, { path, line });
      }),
  );
}

const MOST_FOUND = 50;

type Found = { readonly kind: string; readonly value: string; readonly line: number };

/** The lines that count, joined, so that a key of several lines is seen as a whole. */
function findSecrets(version: Version | undefined, onlyChanged: boolean): Found[] {
  if (version === undefined) return [];
  const numbers = onlyChanged
    ? [...version.changed].sort((a, b) => a - b)
    : version.lines.map((_, index) => index + 1);
  const lines = numbers.map((number) =>
    (version.lines[number - 1] ?? "").replace(/sha\d{3}-[A-Za-z0-9+/=]{40,}/g, ""),
  );
  const text = lines.join("\n");
  const at = (index: number): number => numbers[text.slice(0, index).split("\n").length - 1] ?? 1;
  const found: Found[] = [];
  const add = (kind: string, value: string, index: number): void => {
    if (found.length < MOST_FOUND && !OBVIOUSLY_FAKE.test(value) && !isFakeJwt(value))
      found.push({ kind, value, line: at(index) });
  };
  for (const { kind, pattern } of secretPatterns())
    for (const match of text.matchAll(pattern))
      if (!WEAK_KINDS.has(kind) && !PUBLIC.test(match[0]) && isRandom(match[0]))
        add(kind, match[0], match.index);
  for (const match of text.matchAll(PRIVATE_KEY)) add("private-key", match[0], match.index);
  for (const match of text.matchAll(URL_PASSWORD))
    if (isRandom(match[1] ?? "")) add("url-credentials", match[1] ?? "", match.index);
  if (version.kind !== "test" && version.kind !== "docs")
    for (const match of text.matchAll(NAMED))
      if (isRandom(match[1] ?? "") && !isDigest(match[1] ?? ""))
        add("named-secret", match[1] ?? "", match.index);
  return found;
}

/** A digest or a UUID says nothing by itself; a secret in that shape is told by its own prefix. */
const isDigest = (value: string): boolean =>
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(value);

/** The tokens of tutorials name their person in the payload. */
function isFakeJwt(value: string): boolean {
  const payload = /^eyJ[\w-]*\.([\w-]+)/.exec(value)?.[1];
  return payload !== undefined && OBVIOUSLY_FAKE.test(Buffer.from(payload, "base64url").toString("latin1"));
}

/**
 * Whether characters look drawn at random: names made of words, which the shapes of some tokens also fit, do not.
 * Shannon's entropy over the characters, and digits among letters.
 */
function isRandom(value: string): boolean {
  const words = value.split(/[_.\-/:]+/).filter((part) => part.length > 0);
  const isName = words.every((word) =>
    /^(?:[a-z]+\d{0,2}|[A-Z]+\d{0,2}|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*\d{0,2}|\d{1,4})$/.test(word),
  );
  return !isName && countEntropy(value) >= 3;
}

function countEntropy(value: string): number {
  const counts = new Map<string, number>();
  for (const sign of value) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / value.length) * Math.log2(count / value.length),
    0,
  );
}
