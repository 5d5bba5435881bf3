import { createHmac, timingSafeEqual } from "node:crypto";
import { RECORD_VERSION, type RecordKind } from "@patchpilot/incident";
import { readFrozen } from "@patchpilot/status";

/** What signs and checks records. No keys: records are written with `mac=none` and steer text and order only. */
export type Signer = {
  readonly repositoryId: number;
  /** The first signs; all verify, so that a key can be rotated. */
  readonly keys: readonly string[];
};

/** A hidden line, taken apart but not yet believed. */
export type HiddenLine = {
  readonly version: number;
  readonly kind: string;
  readonly seq: number;
  readonly mac: string;
  readonly data: string;
};

const LINE =
  /^<!-- patchpilot:v(\d{1,4}) kind=([a-z]+(?:\/\d{1,5})?) seq=(\d{1,9}) mac=([0-9a-f]{32}|none) data=([A-Za-z0-9+/]+={0,2}) -->$/;
const LOOKS_LIKE = /<!--\s*patchpilot:v\d/;

/** A record's data stays under this, so that no comment outgrows GitHub's limit. */
const DATA_LIMIT = 4096;

/** Comments stay under GitHub's 65,536 characters with room for the hidden line. */
const TEXT_LIMIT = 52_000;

/** One record as it should be: what a person reads, and the data of the hidden line. */
export type RecordWrite = { readonly kind: RecordKind; readonly text: string; readonly data: object };

/**
 * The whole comment: text, cut if it must be, and the hidden line as the last line. Its `data` is standard base64,
 * which has no `-`, so nothing in it can end the comment.
 * @throws RangeError when the data outgrows 4 KB: a record holds ids, numbers and decisions, not evidence.
 */
export function recordBody(
  { belief: { signer } }: { readonly belief: { readonly signer: Signer } },
  issue: number,
  { kind, text, data }: { readonly kind: string; readonly text: string; readonly data: unknown },
  seq: number,
): string {
  const json = JSON.stringify(data, inOrder);
  if (Buffer.byteLength(json) > DATA_LIMIT)
    throw new RangeError(
      `The record ${kind} of #${issue} is ${Buffer.byteLength(json)} bytes; 4096 is the limit. Keep evidence out of records.`,
    );
  const encoded = Buffer.from(json, "utf8").toString("base64");
  const [key] = signer.keys;
  const line = { version: RECORD_VERSION, kind, seq, data: encoded };
  const mac = key === undefined ? "none" : sign(key, signer.repositoryId, issue, line);
  return `${shownText(text)}\n\n<!-- patchpilot:v${RECORD_VERSION} kind=${kind} seq=${seq} mac=${mac} data=${encoded} -->`;
}

/** A text as its comment shows it. */
function shownText(text: string): string {
  const inert = withoutHiddenLines(text);
  // `toWellFormed`: the cut may split a character, and GitHub would then show another text than was written.
  return inert.length > TEXT_LIMIT ? `${inert.slice(0, TEXT_LIMIT).toWellFormed()}\n\n(shortened)` : inert;
}

/** Whether a comment shows exactly this text, whatever its data say. */
export const showsText = (body: string, text: string): boolean =>
  body.trimEnd().split("\n").slice(0, -2).join("\n") === shownText(text);

/** The text that a record was written with: all but the hidden line, and of an incident without its status. */
export const recordText = (body: string): string =>
  readFrozen(body.trimEnd().split("\n").slice(0, -1).join("\n").trimEnd());

/** The same facts give the same text, in whatever order they were put together: what is said already is not rewritten. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * Finds the hidden line of a comment. It must be the last line and the only one: a quoted or fenced copy is none.
 * @returns undefined where the comment carries none; a reason where it looks like one and is not.
 */
export function findHiddenLine(body: string): HiddenLine | { readonly reason: string } | undefined {
  if (!LOOKS_LIKE.test(body)) return undefined;
  const lines = body.trimEnd().split("\n");
  const match = LINE.exec((lines.pop() ?? "").trimEnd());
  if (match === null) return { reason: "its hidden line is not whole, or not the last line" };
  if (lines.some((line) => LOOKS_LIKE.test(line))) return { reason: "it has more than one hidden line" };
  const [, version = "", kind = "", seq = "", mac = "", data = ""] = match;
  return { version: Number(version), kind, seq: Number(seq), mac, data };
}

/** A text in which nothing looks like a hidden line: production's text may quote one, and two make a record void. */
export const withoutHiddenLines = (text: string): string =>
  text.replace(/<!--(?=\s*patchpilot:v\d)/g, "&lt;!--");

/** Whether the signature holds under any key. Without keys nothing can be checked, and nothing is refused. */
export function isAuthentic(signer: Signer, issue: number, line: HiddenLine): boolean {
  if (signer.keys.length === 0) return true;
  if (line.mac === "none") return false;
  const given = Buffer.from(line.mac, "hex");
  return signer.keys.some((key) =>
    timingSafeEqual(given, Buffer.from(sign(key, signer.repositoryId, issue, line), "hex")),
  );
}

/** Whether a rotated-out key signed the line, so that it should be signed again. */
export function needsNewSignature(signer: Signer, issue: number, line: HiddenLine): boolean {
  const [first] = signer.keys;
  return first !== undefined && line.mac !== sign(first, signer.repositoryId, issue, line);
}

/** HMAC-SHA-256, cut to 128 bits, over everything that gives the data its meaning (RFC 2104). */
function sign(
  key: string,
  repositoryId: number,
  issue: number,
  line: { readonly version: number; readonly kind: string; readonly seq: number; readonly data: string },
): string {
  const message = [
    "patchpilot",
    `v${line.version}`,
    repositoryId,
    issue,
    line.kind,
    line.seq,
    line.data,
  ].join("\n");
  return authenticate(key, message);
}

const authenticate = (key: string, message: string): string =>
  createHmac("sha256", key).update(message).digest("hex").slice(0, 32);

/** The signature of facts that are in no comment; `none` without keys. @param text what is signed, with its purpose */
export const signFacts = ({ keys: [key], repositoryId }: Signer, text: string): string =>
  key === undefined ? "none" : authenticate(key, `patchpilot\nfacts\n${repositoryId}\n${text}`);

/** Whether any key signed these facts. Without keys nothing can be checked, and nothing is refused. */
export const isSigned = (signer: Signer, text: string, mac: string): boolean =>
  signer.keys.length === 0 || signer.keys.some((key) => signFacts({ ...signer, keys: [key] }, text) === mac);

/** Decodes the data; undefined for anything that is not a JSON object. */
export function decodeData(line: HiddenLine): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(line.data, "base64").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
