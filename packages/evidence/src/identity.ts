import { createHash } from "node:crypto";
import { judgeName } from "./function-names.ts";
import { isNote } from "./main-exception.ts";
import { FRAMES, signThrown, splitPath, stableMessage } from "./signature.ts";
import { type Frame, isOwnFrame, primaryThrown, type Thrown } from "./thrown.ts";

/** How an error is told from those that Sentry keeps under other issues. */
export type IdentifiedError = {
  /**
   * 32 hex digits, equal for two errors that are one: project, folders and the whole chain of causes and group members
   * agree. Null if no function's name distinguishes it.
   */
  readonly fingerprint: string | null;
  /** 32 hex digits, equal for errors that look alike: the only fingerprint of records before this one. */
  readonly likeness: string;
  /** One exception without a cause, known by a function's name: as far as such a record goes, what looks alike is the same. */
  readonly isPlain: boolean;
  /** In Sentry, in capitals; null if it is unknown. */
  readonly project: string | null;
};

/**
 * Identifies the error that a chain is of. Equal fingerprints imply equal likenesses.
 * @param project the one in Sentry; null if it is unknown, which no other project equals
 * @returns null if no frame leads to a file of the application's: nothing but Sentry's issue distinguishes it then
 */
export function identifyError(chain: readonly Thrown[], project: string | null): IdentifiedError | null {
  const outermost = chain.findLast(({ frames }) => frames.length > 0);
  const placed = [outermost, primaryThrown(chain)].find((thrown) => thrown?.frames.some(hasPlace));
  const signature = placed && signThrown(placed);
  if (!signature) return null;
  const errors = chain.filter((thrown) => !isNote(thrown));
  const isTold = isToldByNames(errors);
  const capitals = project?.toUpperCase() ?? null;
  const parts = ["v2", capitals, signature.fingerprint, ...describeErrors(errors)];
  return {
    fingerprint: isTold && project !== null ? hash(parts.join("\n")) : null,
    likeness: signature.fingerprint,
    isPlain: isTold && errors.length === 1,
    project: capitals,
  };
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

const hasPlace = (frame: Frame): boolean => isOwnFrame(frame) && frame.path !== null;

/** The own frames that identify an exception, the crash last. */
const listOwn = ({ frames }: Thrown): readonly Frame[] => frames.filter(isOwnFrame).slice(-FRAMES);

/**
 * Whether names distinguish an error: a function's real name is in it, and no exception is of nameless functions
 * alone. In a minified bundle without source maps all errors come from `t` and `e`.
 */
function isToldByNames(errors: readonly Thrown[]): boolean {
  const worths = errors.map((thrown) => ({ thrown, names: listOwn(thrown).map(judgeName) }));
  return (
    worths.some(({ names }) => names.includes("telling")) &&
    worths.every(
      ({ thrown, names }) =>
        thrown.mechanism?.isGroup === true || names.length === 0 || names.some((name) => name !== "nameless"),
    )
  );
}

/** Each different exception, in an order that does not change: members of a group come as they fail. */
const describeErrors = (errors: readonly Thrown[]): string[] =>
  [...new Set(errors.map(describeError))].toSorted();

function describeError(thrown: Thrown): string {
  const { type, module, value, mechanism, frames } = thrown;
  const own = listOwn(thrown);
  const places = (own.length > 0 ? own : frames.slice(-FRAMES)).map(describeFrame);
  // A group's message counts its members.
  const message = places.length > 0 || mechanism?.isGroup === true ? "" : stableMessage(value ?? "");
  return JSON.stringify([type, module, message, places]);
}

/** Where and in which function: both paths, for one may lack the folder that the other has. */
function describeFrame(frame: Frame): (string | null)[] {
  const paths = [frame.path, frame.absolutePath].map((path) => describeFolder(path ?? ""));
  const isBare = paths.every((path) => !path.includes("/"));
  const name = judgeName(frame) === "nameless" ? null : frame.function;
  return [...paths, isBare ? frame.module : null, name];
}

/** A path without what differs from machine to machine and from release to release. */
function describeFolder(path: string): string {
  const segments = splitPath(path);
  const isHome = /^(?:home|users)$/i.test(segments[0] ?? "");
  return segments
    .slice(isHome ? 2 : 0)
    .map((segment, index, { length }) => (index < length - 1 ? withoutVersion(segment) : segment))
    .join("/");
}

/** `releases/20261128101010`, `shop-1.2.3`, the UUID of an app's container. */
const withoutVersion = (folder: string): string =>
  folder.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+(?:[._]\d+)+|\d{8,}/gi, "*");
