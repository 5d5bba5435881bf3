import { cutFrames, cutMessage, cutText } from "../bounds.ts";
import { isOwnFile, isTestPath } from "../place-file.ts";
import type { StackFrame, TestFailure } from "../test-run.ts";

/** What a failure's text says, before it is known what kind of failure it is. */
export type Stack = {
  /** Outermost exception first. */
  readonly types: readonly string[];
  readonly message: string;
  /** Innermost call first. */
  readonly frames: readonly StackFrame[];
};

/** Names under which languages and libraries throw what an expectation did not find. */
const ASSERTIONS =
  /(^|[.:\\])(AssertionError|AssertionFailedError|ComparisonFailure|MultipleFailuresError|AssertionFailure|ExpectationNotMetError|MultipleExpectationsNotMetError|ExpectationFailedException|AssertionFailedException|JestAssertionError|Failed)(Error)?$|^Minitest::Assertion$/;

const TIMEOUTS = /(^|\.)(TimeoutException|TestTimedOutException)$/;

/** Words of runners and of their libraries that ended a test, or found it too slow. */
const TIMED_OUT =
  /^(test timed out (in|after)|hook timed out in|Exceeded timeout of|thrown: "Exceeded timeout of|Timeout of \d+ ?ms exceeded|(Failed: )?Timeout \(?>?[\d.]+ ?s\)|(.* ==> )?execution (timed out after|exceeded timeout of) \d)|timed out after \d+ (milli|micro|nano)?seconds/i;

/** What matchers say without a type of their own; vitest's `resolves` and `rejects` have that of a bare Error. */
const MATCHERS =
  /^(Error: )?expect\(|[sS]napshot.{0,200}mismatched|^promise (rejected|resolved) [\s\S]* instead of (resolving|rejecting)/;

/**
 * What kind of failure an exception is. One that the code under test raises of itself is an exception, whatever its
 * name: an expectation of the test is one that a file of tests makes.
 */
export function judgeKind({ types, message, frames }: Stack): TestFailure["kind"] {
  const [outermost] = types;
  if (
    TIMED_OUT.test(message) ||
    (outermost !== undefined && TIMEOUTS.test(outermost) && /timed out/.test(message))
  )
    return "timeout";
  const asserts = outermost !== undefined && (ASSERTIONS.test(outermost) || MATCHERS.test(message));
  if (asserts) return isRaisedByCode(frames) ? "exception" : "assertion";
  return outermost === undefined ? "unknown" : "exception";
}

/** The innermost call in the project's own files decides who raised it. */
function isRaisedByCode(frames: readonly StackFrame[]): boolean {
  const own = frames.find(({ file }) => file !== undefined && isOwnFile(file));
  return own?.file !== undefined && !isTestPath(own.file);
}

/** A failure with bounded texts. */
export function makeFailure(stack: Stack, text: string, kind = judgeKind(stack)): TestFailure {
  return {
    kind,
    types: stack.types.slice(0, 10).map((type) => type.slice(0, 200)),
    message: cutMessage(stack.message),
    frames: cutFrames(stack.frames),
    text: cutText(text),
  };
}
