import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReportFormat } from "./instrument/instrument.ts";
import { readTestRun } from "./read-test-run.ts";
import type { TestRun } from "./test-run.ts";

/**
 * What real runners wrote of small projects with a test of each kind, as they came: pytest 9.2 (`--junitxml -o
 * junit_family=xunit1`, and its text), go 1.26 (`test -json ./...`, and its text), unittest of Python 3.8 and 3.13 (`-v`) and of Django 5.2 (`--verbosity=2`), cargo 1.95 (`test --no-fail-fast`
 * with RUST_BACKTRACE=1), node 20 and 24 (`--test --test-reporter=tap`), vitest 3 (`--reporter=json`),
 * jest 30 (`--json`), surefire 3.5 with JUnit 5.11 (its files as one, without properties).
 */
const fixture = (name: string): string =>
  readFileSync(new URL(`testing/fixtures/${name}`, import.meta.url), "utf8");

const ran = { exitCode: 1, timedOut: false, stdout: "", stderr: "", reports: [] };

/** Reads what was printed. */
const readOutput = (format: ReportFormat, name: string, root: string): TestRun =>
  readTestRun(format, { ...ran, stdout: fixture(name) }, root);

const readReport = (format: ReportFormat, text: string, root = "/work"): TestRun =>
  readTestRun(format, { ...ran, reports: [{ path: "report", text }] }, root);

/** Kinds and types of each test that failed, by its name. */
const reds = ({ cases }: TestRun) =>
  Object.fromEntries(
    cases.flatMap(({ id, failure }) =>
      failure === undefined ? [] : [[id, [failure.kind, ...failure.types].join(" ")]],
    ),
  );

const firstFrames = ({ cases }: TestRun, id: string) =>
  cases.find((each) => each.id === id)?.failure?.frames.slice(0, 2);

const PYTEST_REDS = {
  "tests/test_cart.py::test_assertion[2]": "assertion AssertionError",
  "tests/test_cart.py::test_chain": "exception cart.CartError KeyError",
  "tests/test_cart.py::test_during": "exception AttributeError KeyError",
  "tests/test_cart.py::test_fixture": "setup RuntimeError",
  "tests/test_cart.py::TestCart::test_method": "assertion Failed",
  "tests/test_cart.py::Old::test_unittest": "assertion AssertionError",
};

describe("pytest", () => {
  test("its report names each test, and the chain of exceptions outermost first", () => {
    const run = readReport("pytest", fixture("pytest.xml"), "/tmp/ra/py");
    expect([run.source, run.cases.length]).toEqual(["pytest", 10]);
    expect(reds(run)).toEqual(PYTEST_REDS);
    expect(firstFrames(run, "tests/test_cart.py::test_chain")).toEqual([
      { file: "cart.py", function: "total", line: 11 },
      { file: "tests/test_cart.py", function: "test_chain", line: 17 },
    ]);
  });

  test("its text says the same of what is red", () => {
    const run = readOutput("pytest", "pytest.txt", "/tmp/ra/py");
    expect([run.onlyFailures, reds(run)]).toEqual([true, PYTEST_REDS]);
  });

  test("a module that cannot be imported is set-up, and no test ran", () => {
    const run = readReport("pytest", fixture("pytest-collection.xml"), "/tmp/ra/py");
    expect(reds(run)).toEqual({ "tests/test_import.py": "setup ModuleNotFoundError" });
    expect(run.broken?.kind).toBe("setup");
  });
});

const UNITTEST_REDS = {
  "tests.test_broken": "setup ModuleNotFoundError",
  "tests.test_cart.Cart.test_chain": "exception shop.cart.CartError KeyError",
  "tests.test_cart.Cart.test_described": "assertion AssertionError",
  "tests.test_cart.Cart.test_differs": "assertion AssertionError",
  "tests.test_cart.Cart.test_exits": "exception SystemExit",
  "tests.test_cart.Cart.test_is_red_after_words": "exception KeyError",
  "tests.test_cart.Cart.test_parts": "exception KeyError",
  "tests.test_cart.Cart.test_unexpected": "unknown",
  "tests.test_cart.Database.setUpClass": "setup ConnectionError",
  "tests.test_cart.Ended.test_passes_before": "exception OSError",
  "tests.test_cart.Later.test_awaits": "exception shop.cart.CartError KeyError",
  "tests.test_cart.Prepared.test_never": "exception KeyError",
  "tests.test_module.setUpModule": "setup RuntimeError",
};

describe.each(["unittest-3.8.txt", "unittest-3.13.txt"])("unittest, %s", (name) => {
  const readPrinted = (text: string, stream: "stdout" | "stderr" = "stderr"): TestRun =>
    readTestRun("unittest", { ...ran, [stream]: text }, "/tmp/ut/py");
  const run = readPrinted(fixture(name));
  const idsOf = (outcome: string) =>
    run.cases.filter((each) => each.outcome === outcome).map(({ name: called }) => called);

  test("each kind of failure is distinguished, and a test of several parts is one", () => {
    expect(reds(run)).toEqual(UNITTEST_REDS);
  });

  test("a test is green whatever it prints, and one that is skipped or expected to fail is not", () => {
    expect(idsOf("passed")).toEqual(["test_adds", "test_green_parts", "test_says_something"]);
    expect(idsOf("skipped")).toEqual(["test_expected", "test_skipped", "test_skips_itself", "test_never"]);
  });

  test("frames are the checkout's, and a message of several lines is whole", () => {
    expect(firstFrames(run, "tests.test_cart.Prepared.test_never")).toEqual([
      { file: "shop/cart.py", function: "price", line: 6 },
      { file: "tests/test_cart.py", function: "setUp", line: 61 },
    ]);
    const differs = run.cases.find(({ id }) => id.endsWith("test_differs"));
    expect(differs?.failure?.message).toMatch(/^'one\\ntwo\\n' != [\s\S]*\+ three$/);
  });

  test("it is read where its streams are joined", () => {
    expect(reds(readPrinted(fixture(name), "stdout"))).toEqual(UNITTEST_REDS);
  });

  test("a run that is not verbose names what failed alone", () => {
    const short = readPrinted(`..E.s\n${fixture(name).slice(fixture(name).indexOf("\n====") + 1)}`);
    expect(short.onlyFailures).toBe(true);
    expect(Object.keys(reds(short))).toContain("tests.test_cart.Cart.test_chain");
  });
});

test("unittest: what a test printed is none of its failure", () => {
  const text = `test_a (t.A.test_a) ... ERROR\n\n${"=".repeat(70)}\nERROR: test_a (t.A.test_a)\n${"-".repeat(70)}\nTraceback (most recent call last):\n  File "/work/t.py", line 3, in test_a\n    f()\nKeyError: 'a'\n\nStdout:\nValueError: printed\n\n${"-".repeat(70)}\nRan 1 test in 0.001s\n\nFAILED (errors=1)\n`;
  expect(reds(readTestRun("unittest", { ...ran, stderr: text }, "/work"))).toEqual({
    "t.A.test_a": "exception KeyError",
  });
});

test("unittest: both runs of a command are read", () => {
  const run = (name: string) =>
    `test_${name} (t.A.test_${name}) ... ok\n\n${"-".repeat(70)}\nRan 1 test in 0.001s\n\nOK\n`;
  const { cases } = readTestRun("unittest", { ...ran, exitCode: 0, stderr: run("a") + run("b") }, "/work");
  expect(cases.map(({ id }) => id)).toEqual(["t.A.test_a", "t.A.test_b"]);
});

test("Django's tests are unittest's, and data that a class cannot make is set-up", () => {
  const run = readTestRun("unittest", { ...ran, stderr: fixture("django.txt") }, "/tmp/ut/dj");
  expect(reds(run)).toEqual({
    "shop.tests.Pages.setUpClass": "setup KeyError",
    "shop.tests.Prices.test_none": "exception KeyError",
    "shop.tests.Prices.test_page": "assertion AssertionError",
  });
  expect(run.cases.filter(({ outcome }) => outcome === "passed").map(({ id }) => id)).toEqual([
    "shop.tests.Prices.test_adds",
  ]);
});

describe("go", () => {
  test("an expectation, a panic and a package that does not build are distinguished", () => {
    const run = readOutput("go", "go.jsonl", "/tmp/ra/go");
    expect(reds(run)).toEqual({
      "example.com/shop/broken": "setup",
      "example.com/shop/cart TestAssertion": "assertion",
      "example.com/shop/cart TestAssertion/one_item": "assertion",
      "example.com/shop/cart TestPanic": "exception runtime.errorString",
    });
    expect(firstFrames(run, "example.com/shop/cart TestPanic")?.[0]).toEqual({
      file: "cart/cart.go",
      function: "example.com/shop/cart.(*Cart).Total",
      line: 10,
    });
  });

  test("its text names what failed alone", () => {
    const run = readOutput("go-text", "go.txt", "/tmp/ra/go");
    expect([run.onlyFailures, Object.keys(reds(run)).sort()]).toEqual([
      true,
      Object.keys(reds(readOutput("go", "go.jsonl", "/tmp/ra/go"))).sort(),
    ]);
  });
});

test("cargo: an assert is an expectation, an unwrap and an index are exceptions", () => {
  const run = readOutput("cargo", "cargo.txt", "/tmp/ra/rs");
  expect(reds(run)).toEqual({
    "tests::assertion": "assertion panic",
    "tests::index": "exception panic",
    "tests::plain_assert": "assertion panic",
    "tests::result": "exception ParseIntError",
    "tests::should": "assertion",
    "tests::unwrap_err": "exception panic ParseIntError",
    "tests::unwraps": "exception panic",
    integration: "assertion panic",
  });
  expect(firstFrames(run, "tests::unwraps")?.[1]).toEqual({
    file: "src/lib.rs",
    function: "shop::total",
    line: 4,
  });
});

describe.each(["node-20.tap", "node-24.tap"])("node:test, %s", (name) => {
  const run = readOutput("tap", name, "/tmp/ra/node");

  test("each kind of failure is distinguished", () => {
    expect(reds(run)).toEqual({
      "bad.test.js": "setup",
      "syntax.test.js": "setup",
      "a cart > assertion": "assertion AssertionError",
      "a cart > thrown": "exception TypeError",
      "a cart > cause": "exception CartError",
      "a cart > async": "exception RangeError",
      "a cart > string": "unknown",
      "a cart > times out": "timeout",
      hook: "setup",
      "hook > never": "setup",
    });
  });

  test("what is skipped or to do is not red, and frames are the checkout's", () => {
    const skipped = run.cases.filter(({ outcome }) => outcome === "skipped");
    expect(skipped.map(({ id }) => id)).toEqual(["skipped", "todo"]);
    expect(firstFrames(run, "a cart > thrown")?.[0]).toEqual({ file: "cart.js", function: "price", line: 2 });
  });
});

test.each([
  'promise rejected "SyntaxError: no JSON" instead of resolving',
  "Snapshot `a label 1` mismatched",
])("vitest: what a matcher says with a bare Error is an expectation: %s", (message) => {
  const stack = `Error: ${message}\n    at /work/a.test.ts:3:5\n`;
  const assertionResults = [{ title: "a", status: "failed", failureMessages: [stack] }];
  const text = JSON.stringify({
    testResults: [{ name: "/work/a.test.ts", status: "failed", assertionResults }],
  });
  expect(reds(readReport("vitest", text))).toEqual({ "a.test.ts > a": "assertion Error" });
});

test("vitest: an expectation, an exception, a limit and a file that does not load are distinguished", () => {
  const run = readReport("vitest", fixture("vitest.json"), "/tmp/ra/vt");
  expect(reds(run)).toEqual({
    "bad.test.js": "setup",
    "cart.test.js > a cart > assertion": "assertion AssertionError",
    "cart.test.js > a cart > thrown": "exception TypeError",
    "cart.test.js > a cart > cause": "exception CartError",
    "cart.test.js > a cart > each 2": "assertion AssertionError",
    "cart.test.js > a cart > times out": "timeout Error",
  });
});

test("an assertion that the code under test makes is an exception", () => {
  const text = `<testsuite><testcase classname="tests.test_cart" name="t" file="tests/test_cart.py"><failure message="AssertionError: empty">
def total(items):
&gt;   assert items, "empty"
E   AssertionError: empty

cart.py:3: AssertionError</failure></testcase></testsuite>`;
  expect(reds(readReport("pytest", text))).toEqual({ "tests/test_cart.py::t": "exception AssertionError" });
});

/** A case as PHPUnit logs it: no `message`, and the test's name before the text. */
const phpunit = (tag: string, type: string, text: string) =>
  readReport(
    "junit",
    `<testsuites><testsuite><testcase name="testA" class="T" classname="T" file="/work/tests/T.php"><${tag} type="${type}">${text}</${tag}></testcase></testsuite></testsuites>`,
  ).cases[0]?.failure;

test.each([
  ["error", "Error", "T::testA\nError: Call to f() on null\n\n", "exception", "Call to f() on null"],
  ["error", "Shop\\E", "T::testA with data set #1 ('a')\nShop\\E: one\n\ntwo\n\n", "exception", "one\n\ntwo"],
  ["error", "PHPUnit\\Framework\\Error\\Warning", "T::testA\nNo key: 1\n\n", "exception", "No key: 1"],
  ["error", "Error", "T::testA\nError: X::f(): no\n\n", "exception", "X::f(): no"],
  [
    "failure",
    "PHPUnit\\Framework\\ExpectationFailedException",
    "Shop\\T::testA\nFailed asserting that 1 is 2.\n\n",
    "assertion",
    "Failed asserting that 1 is 2.",
  ],
])("PHPUnit: the message follows the test's name: %s %s %j", (tag, type, said, kind, message) => {
  const place = kind === "assertion" ? "/work/tests/T.php:5" : "/work/src/A.php:5";
  expect(phpunit(tag, type, `${said}${place}\n`)).toMatchObject({ kind, types: [type], message });
});

test("PHPUnit: causes follow the exception", () => {
  const said =
    "T::testA\nShop\\E: one\n\n/work/src/A.php:5\n\nCaused by\nJsonException: two\n\n/work/src/B.php:6\n";
  expect(phpunit("error", "Shop\\E", said)).toMatchObject({
    types: ["Shop\\E", "JsonException"],
    message: "one",
  });
});

test("surefire: causes follow the exception, and a class that cannot be set up has no test's name", () => {
  const run = readReport("junit", fixture("surefire.xml"), "/tmp/ra/mv");
  const npe = "java.lang.NullPointerException";
  expect(reds(run)).toEqual({
    "shop.CartTest#thrown": `exception ${npe}`,
    "shop.CartTest#cause": `exception java.lang.IllegalStateException ${npe}`,
    "shop.CartTest#each(int)[2]": "assertion org.opentest4j.AssertionFailedError",
    "shop.CartTest#assertion": "assertion org.opentest4j.AssertionFailedError",
    "shop.CartTest$Inner#nested": "assertion org.opentest4j.AssertionFailedError",
    "shop.CartTest#slow": "timeout java.util.concurrent.TimeoutException",
    "shop.SetupTest": "setup java.lang.IllegalStateException",
  });
  expect(firstFrames(run, "shop.CartTest#cause")?.[0]).toEqual({
    file: "shop/Cart.java",
    function: "shop.Cart.total",
    line: 7,
  });
});

test("jest: matchers are expectations, and causes are named", () => {
  const run = readReport("jest", fixture("jest.json"), "/tmp/ra/jt");
  expect(reds(run)).toEqual({
    "bad.test.js": "setup",
    "cart.test.js > a cart > assertion": "assertion Error",
    "cart.test.js > a cart > thrown": "exception TypeError",
    "cart.test.js > a cart > cause": "exception CartError TypeError",
    "cart.test.js > a cart > each 2": "assertion Error",
    "cart.test.js > a cart > times out": expect.stringMatching(/^timeout/),
    "cart.test.js > hook > never": "exception Error",
  });
});

describe("a report that cannot be read leaves the exit code, and a sentence:", () => {
  const bomb = `<!DOCTYPE a [<!ENTITY b "&c;&c;">]><testsuite><testcase name="&b;"/></testsuite>`;
  test.each<[string, ReportFormat, string, RegExp]>([
    ["a document type", "junit", bomb, /declares a document type/],
    ["no end", "junit", "<testsuite><testcase", /not well-formed XML/],
    ["another document", "junit", "<html/>", /not a report of tests/],
    ["too deep", "junit", "<testsuite>".repeat(100_000), /not well-formed XML|too deeply/],
    [
      "deep and whole",
      "junit",
      `${"<testsuite>".repeat(200)}${"</testsuite>".repeat(200)}`,
      /too deeply|no well-formed/,
    ],
    ["no JSON", "jest", "{", /not what jest or vitest writes/],
    ["another JSON", "vitest", '{"testResults":[{"name":1}]}', /not what jest or vitest writes/],
    ["too large", "junit", `<testsuite>${" ".repeat(17_000_000)}</testsuite>`, /larger than/],
  ])("%s", (_, format, text, sentence) => {
    const run = readReport(format, text);
    expect([run.source, run.cases, run.exitCode]).toEqual(["exit-code", [], 1]);
    expect(run.unread).toMatch(sentence);
  });

  test.each<[ReportFormat, string]>([
    ["tap", "TAP version 13\nok 1 - a\n"],
    ["tap", "nothing"],
    ["go", "nothing"],
    ["cargo", "error: could not compile `shop`"],
    ["pytest", "nothing"],
    ["unittest", "test_a (t.A.test_a) ... ok"],
    ["junit", ""],
  ])("%s that printed %j", (format, stdout) => {
    const run = readTestRun(format, { ...ran, stdout }, "/work");
    expect([run.source, run.unread]).toEqual(["exit-code", expect.stringMatching(/\.$/)]);
  });

  test("an output whose middle is gone", () => {
    const stdout = "TAP version 13\nok 1 - a\n\n[… 7 bytes not kept …]\n1..1\n";
    expect(readTestRun("tap", { ...ran, stdout }, "/work").unread).toContain("too much");
  });
});

test.each([
  ["pytest-timeout", "Failed", "Failed: Timeout (&gt;1.0s) from pytest-timeout."],
  ["JUnit 5", "org.opentest4j.AssertionFailedError", "execution exceeded timeout of 100 ms by 12 ms"],
  [
    "JUnit 5 with a message",
    "org.opentest4j.AssertionFailedError",
    "too slow ==> execution timed out after 100 ms",
  ],
  ["JUnit 4", "org.junit.runners.model.TestTimedOutException", "test timed out after 100 milliseconds"],
])("a test that %s found too slow is red by that", (_, type, message) => {
  const run = readReport(
    "junit",
    `<testsuite><testcase name="a"><failure type="${type}" message="${message}">${type}: ${message}</failure></testcase></testsuite>`,
  );
  expect(run.cases[0]?.failure?.kind).toBe("timeout");
});

test("characters that XML has no place for are left out, not the report", () => {
  const run = readReport("junit", '<testsuite><testcase name="a&#27;[31m\u0001b"/></testsuite>');
  expect(run.cases.map(({ id }) => id)).toEqual(["a[31mb"]);
});

test("a run that its limit ended is broken by it", () => {
  const run = readTestRun("exit-code", { ...ran, exitCode: null, timedOut: true }, "/work");
  expect(run.broken?.kind).toBe("timeout");
});

describe("of several panics, cargo's test failed by", () => {
  const panic = (thread: string, place: string, message: string) =>
    `thread '${thread}' (7) panicked at ${place}:1:\n${message}\n`;
  const readPanics = (...panics: readonly string[]) => {
    const stdout = `running 1 test\ntest held ... FAILED\n\nfailures:\n\n---- held stdout ----\n\n${panics.join("\n")}\n\nfailures:\n    held\n`;
    const [one] = readTestRun("cargo", { ...ran, stdout }, "/work").cases;
    return [one?.failure?.message.trim(), one?.failure?.frames[0]?.file];
  };
  const worker = panic("<unnamed>", "src/worker.rs:3", "worker");

  test("its own thread's, not by one of another thread that it expects", () => {
    expect(readPanics(worker, panic("held", "src/lib.rs:18", "poisoned"))).toEqual([
      "poisoned",
      "src/lib.rs",
    ]);
  });

  test("the last one, since it catches those before", () => {
    const caught = panic("held", "tests/held.rs:3", "caught");
    expect(readPanics(caught, panic("held", "src/lib.rs:18", "later"))).toEqual(["later", "src/lib.rs"]);
  });

  test("another thread's that it only waited for", () => {
    const waited = "called `Result::unwrap()` on an `Err` value: Any { .. }";
    expect(readPanics(worker, panic("held", "tests/held.rs:9", waited))).toEqual(["worker", "src/worker.rs"]);
  });

  test("another thread's where its own says nothing", () => {
    expect(readPanics(worker)).toEqual(["worker", "src/worker.rs"]);
  });
});

test("cargo that does not compile is broken by that", () => {
  const stderr = "error[E0425]: cannot find value `x`\nerror: could not compile `shop` (lib test)";
  expect(readTestRun("cargo", { ...ran, stderr }, "/work").broken?.kind).toBe("compile");
});

test("a run below the top names files from the top, and tests as its runner does", () => {
  const stdout =
    "TAP version 13\nnot ok 1 - a\n  ---\n  location: '/work/web/a.test.js:1:1'\n  stack: |-\n    total (/work/lib/cart.js:2:3)\n  ...\n1..1\n";
  const { cases } = readTestRun("tap", { ...ran, exitCode: 1, stdout }, "/work", "web");
  expect(cases.map(({ id, file, failure }) => [id, file, failure?.frames[0]?.file])).toEqual([
    ["a", "web/a.test.js", "lib/cart.js"],
  ]);
});
