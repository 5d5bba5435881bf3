import { createHash } from "node:crypto";
import { pathSegments } from "./reported-path.ts";
import { type Frame, isOwnFrame, primaryThrown, type Thrown } from "./thrown.ts";

/** How an exception is told from another, without what changes from event to event. */
export type ErrorSignature = {
  /** For people and for lessons: `TypeError at src/cart.ts:total < src/checkout.ts:pay`. Hostile text. */
  readonly text: string;
  /** 32 hex digits of SHA-256 over the text: equal for errors that look alike. Records hold it, so it never changes. */
  readonly fingerprint: string;
};

/** Enough frames to tell two causes apart, few enough that a changed caller far away does not matter. */
export const FRAMES = 4;
const MOST_TEXT = 400;

/**
 * The signature of an exception chain: of its main exception the type, and files and functions of the last own frames,
 * without lines, build hashes, ids and numbers. Where no frame is known, the message is used, with its numbers and
 * names of things taken out. Null where there is neither type, message nor frame.
 */
export function makeSignature(chain: readonly Thrown[]): ErrorSignature | null {
  const thrown = primaryThrown(chain);
  return thrown === null ? null : signThrown(thrown);
}

/** The same of one exception. */
export function signThrown(thrown: Thrown): ErrorSignature | null {
  const type = thrown.type ?? "Error";
  const own = thrown.frames.filter(isOwnFrame);
  const places = (own.length > 0 ? own : thrown.frames).slice(-FRAMES).toReversed().map(describePlace);
  const message = places.length > 0 ? "" : stableMessage(thrown.value ?? "");
  if (thrown.type === null && places.length === 0 && message === "") return null;
  const text = [type, ...(message === "" ? [] : [`"${message}"`])].join(" ");
  return signatureOfName(places.length === 0 ? text : `${text} at ${places.join(" < ")}`);
}

/** The signature of something that has a name of its own: an operation, a monitor, a key. */
export function signatureOfName(name: string): ErrorSignature {
  const short = name.slice(0, MOST_TEXT).toWellFormed();
  return { text: short, fingerprint: createHash("sha256").update(`v1 ${short}`).digest("hex").slice(0, 32) };
}

/** File and function of a frame; the last three folders are enough and survive a move to another machine. */
function describePlace(frame: Frame): string {
  const file = splitPath(frame.path ?? frame.absolutePath ?? frame.module ?? "?")
    .slice(-3)
    .join("/");
  const name = frame.function ?? "";
  const isNameless = name === "" || /^(?:\?|<.*>|‹.*›|anonymous|\(anonymous\)|[a-z]{1,2})$/i.test(name);
  return isNameless ? file || "?" : `${file || "?"}:${name.replace(/^(?:async |new )/, "")}`;
}

/** The parts of a path, the same for each build. */
export const splitPath = (path: string): string[] => pathSegments(path).map(withoutHash);

/** `main.5f3a9c1b.js` -> `main.*.js`: bundlers put a hash of the content there. */
function withoutHash(name: string): string {
  return name
    .replace(/([.-])(?=[0-9A-Za-z_]*\d)[0-9A-Za-z_]{6,40}(?=\.[cm]?js$|\.css$)/g, "$1*")
    .replace(/(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/g, "*");
}

/** The first line of a message without ids, quoted values and numbers: the same for events with one cause. */
export function stableMessage(message: string): string {
  return (message.slice(0, 2000).split("\n")[0] ?? "")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "*")
    .replace(/0x[0-9a-f]+|(?<![\w])[0-9a-f]{12,64}(?![\w])/gi, "*")
    .replace(/"[^"]{1,200}"|'[^']{1,200}'|`[^`]{1,200}`/g, "*")
    .replace(/\d+(?:[.,]\d+)*/g, "*")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 160);
}
