/** How tests are written, by language: cases, skips, assertions. All without what strings hold. */
export type TestLanguage = { readonly cases: RegExp; readonly skips: RegExp; readonly assertions: RegExp };

const javascript: TestLanguage = {
  cases:
    /(?<![.\w$])(?:it|test|specify|Deno\.test|scenario)(?:\.(?:only|each|concurrent|sequential|serial|skip|for))*\s*(?:\(|`)/g,
  skips:
    /(?<![.\w$])(?:it|test|describe|context|suite|specify)\.(?:\w+\.)?(?:skip|todo|fixme|fails|failing|skipIf|runIf|only)\b|(?<![.\w$])(?:x(?:it|test|describe|context|specify)|f(?:it|test|describe|context|specify))\s*\(|\b(?:this|t|ctx|context|testInfo)\.(?:skip|fixme)\s*\(|\bskip:\s*(?!false)\S/g,
  assertions:
    /\bexpect(?:\.\w+)?\s*\(|\bexpect[A-Z]\w*\s*\(|\bassert\w*(?:\.\w+)*\s*\(|\.should\b|\bt\.(?:is|not|deepEqual|true|false|equal|same|throws|ok|regex|like)\s*\(/g,
};
const python: TestLanguage = {
  cases: /^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*/gm,
  skips:
    /\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|\bunittest\.(?:skip\w*|expectedFailure|SkipTest)\b|\.skipTest\s*\(|@skip\w*\b|\bSkipTest\b/g,
  assertions:
    /^[ \t]*assert\b|\b(?:self|cls)\.assert\w+\s*\(|\bpytest\.(?:raises|warns)\b|\.assert_\w+\s*\(/gm,
};
const ruby: TestLanguage = {
  cases: /^[ \t]*[xf]?(?:it|specify|test|scenario|example)\b(?=[ (])|^[ \t]*def[ \t]+test_\w+/gm,
  skips:
    /^[ \t]*(?:x(?:it|describe|context|specify|example|scenario)|f(?:it|describe|context|specify|example)|pending|skip)\b|[,(][ \t]*(?:skip|pending):[ \t]*(?!false)|[,(][ \t]*:(?:skip|pending|focus)\b/gm,
  assertions: /\bexpect\b(?=[ ({])|\b(?:assert|refute)(?:_\w+)?\b|\.should(?:_not)?\b|\.(?:must|wont)_\w+/g,
};
const go: TestLanguage = {
  cases: /^func (?:\([^)]*\) )?(?:Test|Fuzz|Example)\w*|\bt\.Run\s*\(/gm,
  skips: /\b\w+\.Skip(?:f|Now)?\s*\(|\btesting\.Short\s*\(/g,
  assertions: /\b[tb]\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\s*\(|\b(?:assert|require|is)\.\w+\s*\(/g,
};
const jvm: TestLanguage = {
  cases: /@(?:[\w.]+\.)?(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\b/g,
  skips:
    /@(?:[\w.]+\.)?(?:Disabled\w*|Ignore|EnabledIf\w*)\b|\bassume(?:True|False|That)\s*\(|\bAssumptions\.\w+/g,
  assertions:
    /\b(?:assert\w*|verify|expectThrows)\s*[({<]|\.should\w*|\bshould(?:Be|Throw|Equal)\w*|\.expect\w+\s*\(/g,
};
const csharp: TestLanguage = {
  cases: /\[(?:Fact|Theory|Test|TestMethod|DataTestMethod|TestCase)\b/g,
  skips: /\bSkip\s*=|\[(?:Ignore|Explicit)\b|\bAssert\.(?:Ignore|Inconclusive)\s*\(|\bSkip\.If\w*\s*\(/g,
  assertions: /\bAssert\.(?!Ignore|Inconclusive)\w+|\.Should\w*\s*\(|\.Verify\s*\(/g,
};
const php: TestLanguage = {
  cases: /\bfunction\s+test\w*|#\[Test\]|(?<![\w>$:])(?:it|test)\s*\(/g,
  skips:
    /\bmarkTest(?:Skipped|Incomplete)\s*\(|->(?:skip|todo|only)\s*\(|#\[(?:Ignore|RequiresOperatingSystem)/g,
  assertions: /(?:->|::)assert\w+\s*\(|\bexpect\s*\(|->expectException\w*\s*\(|->should\w+\s*\(/g,
};

const rust: TestLanguage = {
  cases: /#\[(?:\w+::)*(?:test|rstest|test_case|proptest)\b/g,
  skips: /#\[ignore\b/g,
  assertions: /\b(?:debug_)?assert\w*!\s*\(|#\[should_panic\b|\.(?:unwrap_err|expect_err)\s*\(|\bprop_assert\w*!/g,
};
const swift: TestLanguage = {
  cases: /\bfunc\s+test\w*|@Test\b/g,
  skips: /\bXCTSkip\w*|\.disabled\s*\(|\bfunc\s+(?:x|disabled_?)test\w*|\bwithKnownIssue\b|\bXCTExpectFailure\b/g,
  assertions: /\bXCT(?:Assert\w*|Fail|Unwrap)\s*\(|#(?:expect|require)\s*\(|\bexpect\s*\(/g,
};
const scala: TestLanguage = {
  cases: /(?<![.\w])(?:test|it|scenario|property)\s*\(|\bshould\s+"[^"]*"\s+in\b|"[^"\n]*"\s+in\s*\{|@Test\b/g,
  skips: /(?<![.\w])ignore\s*\(|\bignore\s*\{|\.ignore\b|\bassume\s*\(|@Ignore\b|\bcancel\s*\(|\bpending\b/g,
  assertions: /\bassert\w*\s*\(|\bshould(?:Be|Equal)?\b|\bmust(?:Be|Equal)?\b|\bintercept\s*\[|\bthrownBy\b/g,
};
const dart: TestLanguage = {
  cases: /(?<![.\w])(?:test|testWidgets|blocTest|testGoldens)\s*(?:<[^>\n]*>)?\s*\(/g,
  skips: /\bskip:\s*(?!false)\S|@Skip\b|\bmarkTestSkipped\s*\(|\bsolo:\s*true/g,
  assertions: /\bexpect(?:Later|Async\d?)?\s*\(|\bverify(?:Never)?\s*\(|\bfail\s*\(/g,
};
const elixir: TestLanguage = {
  cases: /^[ \t]*(?:test|property|feature)\s+"/gm,
  skips: /@(?:module|describe)?tag\s+:?skip\b|@(?:module|describe)?tag\s+skip:/g,
  assertions: /^[ \t]*(?:assert|refute)(?:_\w+)?\b|\|>\s*assert\w*/gm,
};

const LANGUAGES: Readonly<Record<string, TestLanguage>> = {
  javascript,
  python,
  ruby,
  go,
  jvm,
  csharp,
  php,
  rust,
  swift,
  scala,
  dart,
  elixir,
};

/** How tests are written in a language; undefined for one that holds none. */
export const pickTestLanguage = (language: string): TestLanguage | undefined => LANGUAGES[language];
