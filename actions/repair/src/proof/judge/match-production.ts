import { bareFunctionName, stableMessage } from "@patchpilot/evidence";
import type { ReportedException } from "@patchpilot/incident";
import type { StackFrame, TestFailure } from "@patchpilot/test-report";
import { readWords } from "../change/read-words.ts";
import { findFunction } from "./find-function.ts";

type ReportedFrame = ReportedException["frames"][number];

/** The checkout on which a test failed. */
export type FailedOn = {
  /** The path of the file that a frame names; undefined where it is none of the checkout's. */
  readonly find: (file: string) => string | undefined;
  /** Text of a file; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  /** Paths of the base's files that are no tests. */
  readonly sources: readonly string[];
  /** Whether a line, or a whole file, is of the tests. */
  readonly isTest: (path: string, line: number | undefined) => boolean;
};

/** Types that say hardly more than that something failed: the message must agree, too. */
const WEAK =
  /^(?:|error|exception|throwable|standarderror|runtimeerror|runtimeexception|applicationexception|panic|fatal|errorstring|wraperror|fundamental|boundserror|plainerror|assertionerror|assertionfailederror|unknown)$/;

/** A type without the module or the package that it is of: `builtins.KeyError`, `java.lang.X`, `App\X`, `*errors.X`. Pure. */
export const bareType = (type: string): string =>
  (
    type
      .replace(/^[*&\s]+/, "")
      .replace(/<.*$/, "")
      .split(/[.\\/$]|::/)
      .at(-1) ?? ""
  ).trim();

/** Whether a test failed by production's own exception, in the function where production failed. Pure. */
export function matchesProduction(
  failure: TestFailure,
  production: readonly ReportedException[],
  on: FailedOn,
): boolean {
  const own = failure.frames.filter(({ file }) => file !== undefined && on.read(file) !== undefined);
  const [innermost] = own;
  if (innermost === undefined) return false;
  const thrownByTest = isOfTests(innermost, on);
  return production.some((exception) => {
    if (!isSameException(failure, exception)) return false;
    if (thrownByTest && (failure.kind === "assertion" || isThrownByRepository(exception, on))) return false;
    const frames = own.filter((frame) => !isOfTests(frame, on));
    return frames.some((frame) => exception.frames.some((other) => isSameFunction(frame, other, on)));
  });
}

/**
 * Whether a test throws by itself what it fails by, and has no reason to: it may replace what failed outside of the
 * repository, but nothing that the repository did itself. Pure.
 */
export function isMadeByTest(
  { frames }: TestFailure,
  production: readonly ReportedException[],
  on: FailedOn,
): boolean {
  const innermost = frames.find(({ file }) => file !== undefined && on.read(file) !== undefined);
  return (
    innermost !== undefined &&
    isOfTests(innermost, on) &&
    production.length > 0 &&
    production.every((exception) => isThrownByRepository(exception, on))
  );
}

export const isOfTests = ({ file, line }: StackFrame, on: FailedOn): boolean =>
  file !== undefined && on.isTest(file, line);

/** Whether a failure's types hold the exception's, or its message where types say too little. */
function isSameException({ types, message }: TestFailure, { type, value }: ReportedException): boolean {
  const wanted = bareType(type ?? "").toLowerCase();
  const found = types.length === 0 ? [""] : types.map((one) => bareType(one).toLowerCase());
  if (!WEAK.test(wanted))
    return found.includes(wanted) || (found.every((one) => WEAK.test(one)) && isSameMessage(message, value));
  return found.some((one) => WEAK.test(one)) && isSameMessage(message, value);
}

/** Messages agree if one holds the other, but for numbers and names in quotes. */
function isSameMessage(message: string, value: string | undefined): boolean {
  const [one, other] = [message, value ?? ""].map(plainMessage);
  if (one === undefined || other === undefined || one === "" || other === "") return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || (short.length >= 10 && long.includes(short));
}

const plainMessage = (text: string): string =>
  stableMessage(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}* ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

const isThrownByRepository = ({ frames }: ReportedException, on: FailedOn): boolean => {
  const crashed = frames[0]?.file;
  return crashed !== undefined && on.sources.some((path) => isSameFile(path, crashed));
};

function isSameFunction(frame: StackFrame, other: ReportedFrame, on: FailedOn): boolean {
  const { file } = frame;
  if (file === undefined || other.file === undefined || !isSameFile(file, other.file)) return false;
  const text = on.read(file) ?? "";
  const [one, two] = [nameFunctions(withoutCallee(frame, text), text), nameFunctions(other, text)];
  // What both merely belong to, as a type, makes two functions of it no one function.
  return one.some((name) => two.includes(name) && (name === one[0] || name === two[0]));
}

/** Source maps let jest call a frame by what its line calls; then the lines above say where it lies. */
function withoutCallee(frame: StackFrame, text: string): StackFrame {
  const { file = "", line = 0, function: called = "" } = frame;
  const last = called.split(".").at(-1) ?? "";
  if (!/\.[cm]?[jt]sx?$/.test(file) || !readWords([text.split("\n")[line - 1] ?? ""]).has(last)) return frame;
  const around = findFunction(text, line);
  return around === undefined || around === last ? frame : { file, line };
}

/** What a frame's function may be called, its own name first, by the frame itself, else by the lines above it. */
function nameFunctions(frame: ReportedFrame, text: string): string[] {
  const called = frame.function ?? "";
  const last = called.split(/::|[.#/\\]/).at(-1) ?? "";
  const names = [/^[\w$?!]{2,}$/.test(last) ? last : undefined, bareFunctionName(called)];
  if (names.some((name) => name !== undefined)) return names.flatMap((name) => name ?? []);
  return frame.line === undefined ? [] : [findFunction(text, frame.line) ?? []].flat();
}

/** Whether one path ends as the other does; a compiled file is its source's if they are called alike. */
export function isSameFile(file: string, reported: string): boolean {
  const [one, other] = [splitSegments(file), splitSegments(reported)];
  const shared = Math.min(one.length, other.length);
  if (shared === 0) return false;
  if (one.slice(-shared).join("/") === other.slice(-shared).join("/")) return true;
  const [name, called] = [one.at(-1) ?? "", other.at(-1) ?? ""];
  return /\.[cm]?jsx?$/.test(called) && /\.[cm]?tsx?$/.test(name) && stem(name) === stem(called);
}

const splitSegments = (path: string): string[] =>
  path
    .replaceAll("\\", "/")
    .replace(/^[a-z][a-z0-9+.-]*:\/\/+/i, "")
    .replace(/[?#].*$/, "")
    .split("/")
    .filter((segment) => !["", ".", "..", "~"].includes(segment));

const stem = (name: string): string => name.replace(/\.[cm]?[jt]sx?$/, "");
