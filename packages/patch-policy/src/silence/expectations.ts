import { lost } from "../text/occurrences.ts";
import type { PatchedFile, PatchText, Replacement, Version } from "../text/patched-file.ts";
import { splitArguments } from "../text/regions.ts";
import { readLine } from "./lines.ts";
import { type SilenceSighting, sighting } from "./sighting.ts";
import { inlineTestsFrom, isTestLine } from "./test-lines.ts";

/** Wants an error. */
const WANTS_ERROR =
  /\.toThrow|\.rejects\b|pytest\.raises|assertRaises|(?<!not_to )(?<!not_)\braise_(?:error|exception)|assert(?:That)?Throw(?:s|nBy)|->expectException|should_panic|\bassert_raise|\bthrows[AEFPR]\w*|XCTAssertThrowsError|#expect\(throws|Assert\.(?:Throws|ThrowsAny)|assertFailsWith|shouldThrow|\bintercept\[|\bthrownBy\b|\.is_err\(\)|unwrap_err\(|(?:require|assert)\.Error/;
/** Wants none, or that something is there. */
const HARDLY =
  /expect\.(?:any|anything)\b|\.toBe(?:Defined|Truthy|InstanceOf|TypeOf)\b|\.not\.toBe(?:Null|Undefined)|\.not\.toThrow|\.resolves\b|\bisinstance\(|is not None|[aA]ssert(?:Is)?NotN(?:one|ull)|Assert\.(?:NotNull|IsNotNull|Pass)|\bbe_an?\b|\bbe_(?:truthy|present|kind_of|instance_of)|\bnot_to\s+(?:raise_error|be_nil)|refute_nil|assertIs(?:Array|String|Int|Object|Numeric)|assertInstanceOf|\bisNotNull|\bisA<|\.is_(?:ok|some)\(\)|NoThrow|DoesNotThrow|assertDoesNotThrow|XCTAssertNotNil|\breturnsNormally|notThrow/;
/** Wants one value. */
const EXACTLY =
  /\.to(?:Be|Equal|StrictEqual|HaveLength|HaveBeenCalledWith|HaveBeenCalledTimes)\s*\(|[aA]ssert(?:_eq!|_equal|Equals?\b|Same\b)|\beql?\b\s*[( ]|===?|Assert\.(?:Equal|AreEqual)|XCTAssertEqual|\bshould(?:Be|Equal)?\b|\.isEqualTo|Should\(\)\.Be\(|(?:deepStrict|deep|strict)?[eE]qual\(|\bexpect\([^,()]+,\s*(?!is|throws|any|greater|less|close|contains)|!=/;
/** Wants something near, or a part. */
const NEARLY =
  /toBeCloseTo|toContain|toMatch|toBeGreater|toBeLess|be_within|approx|AlmostEqual|\binclude\b|[cC]ontains|[cC]loseTo|InDelta|objectContaining|startsWith|[<>]=?/;

/** How much an assertion wants, from 0 for none to 4. */
export function rateAssertion(text: string): number {
  if (WANTS_ERROR.test(text) && !/(?:\.not\.toThrow|not_to raise_error)/.test(text)) return 4;
  if (HARDLY.test(text)) return 1;
  if (/toBeCloseTo|be_within|approx|AlmostEqual|InDelta/.test(text)) return 2;
  if (EXACTLY.test(text)) return 3;
  return NEARLY.test(text) ? 2 : 0;
}

const ASSERTS =
  /\bexpect\b|[aA]ssert|\bshould\b|\bshould[A-Z]|pytest\.raises|\bis_err\(|XCTAssert|#expect|#require|!=.*\{\s*$|->expectException|\bverify\s*\(|\bintercept\[|should_panic/;

/** Assertions of a file's tests that want less than those they give way to, or another value of the same thing. Pure. */
export function judgeExpectations(patch: PatchText): SilenceSighting[] {
  return patch.files.flatMap((file) =>
    file.replacements.flatMap((one) => judgeReplacement(file, one, patch)),
  );
}

function judgeReplacement(
  file: PatchedFile,
  { removed, added }: Replacement,
  patch: PatchText,
): SilenceSighting[] {
  const { path, before, after } = file;
  if (before === undefined || after === undefined) return [];
  const from = assertionsIn(before, removed);
  const to = assertionsIn(after, added);
  const place = { path, from: added[0] ?? removed[0] ?? 1, spans: [] };
  const losesError =
    from.some((text) => rateAssertion(text) === 4) && !to.some((text) => rateAssertion(text) === 4);
  if (losesError && wantedErrorsFall(patch))
    return [
      sighting("loosens-assertion", `\`${path}\` no longer expects an error (line ${place.from}).`, place),
    ];
  // More of them may be a table, or tests that are written anew.
  if (to.length > from.length) return [];
  return to.flatMap((text, index): SilenceSighting[] => {
    const old = from[index] ?? "";
    const [was, is] = [rateAssertion(old), rateAssertion(text)];
    if (is < was)
      return [
        sighting("loosens-assertion", `\`${path}\` expects less than before (line ${place.from}).`, place),
      ];
    const sentence = `\`${path}\` expects another value of the same (line ${place.from}).`;
    return old !== text && is === was && sameSubject(old, text)
      ? [sighting("changes-expectation", sentence, place)]
      : [];
  });
}

const assertionsIn = (version: Version, lines: readonly number[]): string[] =>
  lines
    .filter((line) => isTestLine(version, line))
    .map((line) => readLine(version, version.bare, line).trim())
    .filter((text) => ASSERTS.test(text) && text.length < 500);

/** A test that moves takes its error along. */
const wantedErrorsFall = (patch: PatchText): boolean =>
  lost(patch, (version) => {
    const from = inlineTestsFrom(version);
    return version.lines.flatMap((text, index) =>
      index + 1 >= from && text.length < 500 && WANTS_ERROR.test(text)
        ? [{ key: "error", path: version.path, from: index + 1, to: index + 1, spans: [] }]
        : [],
    );
  }).length > 0;

/** Whether two assertions look at the same thing: `expect(a).toBe(1)` and `expect(a).toBe(2)`. */
function sameSubject(one: string, other: string): boolean {
  const [a, b] = [readSubjects(one), readSubjects(other)];
  return a.some((subject) => subject.length > 2 && /[A-Za-z_]/.test(subject) && b.includes(subject));
}

/** What an assertion may look at: the sides of a comparison, or what it is given. */
function readSubjects(text: string): string[] {
  const sides = /^(?:assert|if)\s+(.*?)\s*(?:===?|!=)\s/.exec(text)?.[1];
  if (sides !== undefined) return [sides];
  const open = text.indexOf("(");
  if (open < 0) return [];
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")" && --depth === 0)
      return splitArguments(text.slice(open + 1, at)).map((part) => part.text.trim());
  }
  return [];
}
