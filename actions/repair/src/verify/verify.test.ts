import { AFTER_CHANGES, BEFORE_CHANGES, CHANGED_FILES, TOLD_PATHS } from "@patchpilot/project/testing";
import { describe, expect, test } from "vitest";
import { sha256Of } from "../step/task.ts";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { makePatchFile } from "../testing/patch-file.ts";
import { runStep } from "../testing/run-step.ts";
import { changesDependencies } from "./guard-setup.ts";

const manifest = (test: string, more: object = {}) =>
  `${JSON.stringify({ name: "shop", scripts: { test }, ...more }, null, 2)}\n`;
const BASE: Files = {
  "cart.js": "broken\n",
  "package.json": manifest("grep -q mended cart.js"),
  run: "exit 1\n",
};

const makeCheckout = useCheckouts();

type Request = {
  readonly base?: Files;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly patch?: (patch: Buffer) => Buffer;
};

/** Verifies the patch from the base to these files. */
async function verify(after: Files, { base = BASE, inputs, patch = (bytes) => bytes }: Request = {}) {
  const checkout = makeCheckout(base);
  const change = makePatchFile(checkout, after, patch);
  return {
    checkout,
    ...(await runStep(checkout, { inputs: { step: "verify", ...change, ...inputs } })),
  };
}

const MENDED = { ...BASE, "cart.js": "mended\n" };
const RED = "The tests are red: npm test. The tests were green before, and are red.";

test("a patch whose tests are green on the clean base is verified, by the base's own test command", async () => {
  const { failure, result } = await verify(MENDED);
  expect([failure, result.verified, result.reason]).toEqual([
    undefined,
    true,
    expect.stringMatching(/^The tests are green on a fresh checkout\. Proof: tested\./),
  ]);
  expect(result.checks.map(({ command }) => command)).toEqual(["npm test"]);
});

test("a patch whose tests are red fails the job", async () => {
  const { failure, outputs, result } = await verify({ ...BASE, "cart.js": "broken\n" }, { base: MENDED });
  expect([failure, outputs.result]).toEqual([RED, "failed"]);
  expect(result.verified).toBeUndefined();
});

describe("a patch has no say in how it is tested:", () => {
  const wrong = { ...BASE, "cart.js": "still broken\n" };

  test("a test script of its own is not run", async () => {
    const { failure, result } = await verify(
      { ...wrong, "package.json": manifest("true") },
      { base: MENDED },
    );
    expect(failure).toBe(RED);
    expect(result.changesTests).toEqual(["package.json"]);
  });

  test("a package.json that is gone is put back", async () => {
    const rest: Files = { "cart.js": "still broken\n", run: "exit 1\n" };
    const { failure, result } = await verify(rest, { base: MENDED });
    expect([failure, result.changesTests]).toEqual([RED, ["package.json"]]);
  });

  test("a Makefile of its own is not run", async () => {
    const base = { "cart.js": "mended\n", Makefile: "test:\n\tgrep -q mended cart.js\n" };
    const after = { "cart.js": "still broken\n", Makefile: "test:\n\ttrue\n" };
    const { failure, result } = await verify(after, { base });
    expect([failure, result.changesTests]).toEqual([
      expect.stringContaining("The tests are red: make test."),
      ["Makefile"],
    ]);
  });

  test.each([
    [
      "package.json",
      { "package.json": manifest("npm run --silent all").replace('"test"', '"all": "sh ci/check",\n"test"') },
    ],
    ["Makefile", { Makefile: "test: all\nall:\n\tsh ci/check\n" }],
  ])("a program that a script of the %s names is the base's", async (_, files) => {
    const base = { ...files, "cart.js": "mended\n", "ci/check": "grep -q mended cart.js\n" };
    const after = { ...base, "cart.js": "still broken\n", "ci/check": "true\n" };
    const { failure, result } = await verify(after, { base });
    expect([failure, result.changesTests]).toEqual([
      expect.stringContaining("The tests are red"),
      ["ci/check"],
    ]);
  });

  test("a shell script that the test command names is the base's", async () => {
    const base = { "cart.js": "mended\n", "ci/check.sh": "grep -q mended cart.js\n" };
    const after = { "cart.js": "still broken\n", "ci/check.sh": "true\n" };
    const { failure } = await verify(after, { base, inputs: { "test-command": "sh ./ci/check.sh" } });
    expect(failure).toContain("The tests are red: sh ./ci/check.sh.");
  });

  test("where it changes that and the base's tests are green, it counts as unverified", async () => {
    const { failure, result, outputs } = await verify({ ...MENDED, "package.json": manifest("true") });
    expect([failure, outputs.result, result.verified]).toEqual([undefined, "patch", false]);
    expect(result.reason).toContain("changes how it is tested");
  });

  test("a new dependency is none of that", async () => {
    const { result } = await verify({
      ...MENDED,
      "package.json": manifest("grep -q mended cart.js", { dependencies: {} }),
    });
    expect([result.verified, result.changesTests]).toEqual([true, []]);
  });
});

test("of all changes those that define the tests are put back, and those that have a say are told", async () => {
  const inputs = { "setup-command": "true" };
  const { result, checkout } = await verify(AFTER_CHANGES, { base: BEFORE_CHANGES, inputs });
  expect([...result.changesTests].sort()).toEqual(TOLD_PATHS);
  const putBack = CHANGED_FILES.filter(({ path, patched }) => checkout.read(path) !== patched);
  expect(putBack).toEqual(CHANGED_FILES.filter(({ role }) => role === "definition"));
});

describe("beside the base", () => {
  const check = "grep -q mended cart.js || exit 1\necho FAIL other.test.js; exit 1\n";
  const base: Files = { "cart.js": "broken\n", "check.sh": check };

  test("a command that was red and is red does not block, and nothing is verified", async () => {
    const { failure, result } = await verify(
      { ...base, "cart.js": "mended\n" },
      { base, inputs: { "test-command": "sh check.sh" } },
    );
    expect([failure, result.result, result.verified]).toEqual([undefined, "patch", false]);
    expect(result.reason).toContain("The test command is red on the base already");
    expect(result.baseline).toMatchObject({ source: "exit-code", exitCode: 1, redOnBaseCount: null });
  });

  test("a command that is red once on the patch and then green is verified, and named as flaky", async () => {
    const once = 'grep -q mended cart.js && { test -e "$TMPDIR/seen" || { touch "$TMPDIR/seen"; exit 1; }; }';
    const { failure, result } = await verify(MENDED, { inputs: { "test-command": once } });
    expect([failure, result.verified, result.baseline?.flakyCommand]).toEqual([undefined, true, true]);
    expect(result.notes.join()).toContain("Flaky");
    expect(result.failure).toBeUndefined();
  });

  /** A test runner in a line: prints TAP for each line of a file, red where it does not say ok. */
  const tap = `grep -n '' cases.txt | awk -F: 'BEGIN { print "TAP version 13"; red = 0 } { ok = $3 == "ok"; if (!ok) red = 1; print (ok ? "ok " : "not ok ") $1 " - " $2 } END { print "1.." NR; exit red }' # --reporter tap`;
  const verifyTap = (before: string, after: string) =>
    verify({ "cases.txt": after }, { base: { "cases.txt": before }, inputs: { "test-command": tap } });

  test("a test that is red on both does not block, and is counted", async () => {
    const { failure, result } = await verifyTap("a:no\nb:ok\n", "a:no\nb:ok\nc:ok\n");
    expect([failure, result.verified]).toEqual([undefined, true]);
    expect(result.reason).toBe("Red on the base already, for 1 test; the patch makes none red that was not.");
    expect(result.baseline).toMatchObject({ source: "tap", redOnBase: ["a"], redOnBaseCount: 1 });
  });

  test("a test that got red blocks, and is named", async () => {
    const { failure, result } = await verifyTap("a:no\nb:ok\n", "a:no\nb:no\n");
    expect(failure).toContain("Red on the patch and not on the base: b.");
    expect(result.baseline).toMatchObject({ newlyRed: ["b"], redOnBase: ["a"] });
  });

  test("a test that is gone is named", async () => {
    const { failure, result } = await verifyTap("a:ok\nb:ok\n", "a:ok\n");
    expect([failure, result.baseline?.vanished]).toEqual([undefined, ["b"]]);
    expect(result.notes.join()).toContain("not on the patch: b");
  });
});

describe("a patch of two projects in one repository", () => {
  const cases = (path: string) => `{"scripts":{"test":"node ../tap.js ${path} # --reporter tap"}}\n`;
  const base: Files = {
    "tap.js":
      'const lines = require("fs").readFileSync(process.argv[2], "utf8").trim().split("\\n"); console.log("TAP version 13"); lines.forEach((line, at) => console.log(line.replace(/^(.*):(ok|no)$/, (_, name, end) => `${end === "ok" ? "ok" : "not ok"} ${at + 1} - ${name}`))); console.log(`1..${lines.length}`); process.exitCode = lines.some((line) => line.endsWith(":no")) ? 1 : 0;\n',
    "web/package.json": cases("cases.js"),
    "web/cases.js": "a:ok\n",
    "api/package.json": cases("cases.js"),
    "api/cases.js": "b:no\n",
  };
  const change = (files: Files) => verify({ ...base, ...files }, { base });

  test("is compared with the base test by test in each", async () => {
    const { failure, result } = await change({
      "web/cases.js": "a:ok\nc:ok\n",
      "api/cases.js": "b:no\nd:ok\n",
    });
    expect([failure, result.verified, result.checks.filter(({ name }) => name === "test").length]).toEqual([
      undefined,
      true,
      2,
    ]);
    expect(result.baseline).toMatchObject({ source: "tap", redOnBase: ["api: b"], redOnBaseCount: 1 });
  });

  test("is blocked by what got worse in one", async () => {
    const { failure } = await change({ "web/cases.js": "a:no\n", "api/cases.js": "b:no\nd:ok\n" });
    expect(failure).toContain("Red on the patch and not on the base: a.");
  });

  test("runs the tests of the changed one alone", async () => {
    const { result } = await change({ "web/cases.js": "a:ok\nc:ok\n" });
    expect(result.checks.map(({ command }) => command)).toEqual(["cd 'web' && npm test"]);
  });
});

test("without any test command the job is green and says that nothing is verified", async () => {
  const { failure, result } = await verify({ "cart.js": "mended\n" }, { base: { "cart.js": "broken\n" } });
  expect([failure, result.verified]).toEqual([undefined, false]);
  expect(result.reason).toBe("Unverified: the patch applies, and there is no command that tests it.");
});

describe("a patch is refused when", () => {
  test("its bytes are not those that work made", async () => {
    const { failure, checkout } = await verify(MENDED, {
      patch: (bytes) => Buffer.from(bytes.toString().replace("mended", "forged")),
    });
    expect(failure).toMatch(/^The patch's SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}:/);
    expect(checkout.read("cart.js")).toBe("broken\n");
  });

  const patchOf = (text: string) => ({
    patch: () => Buffer.from(text),
    inputs: { "patch-sha256": sha256Of(text) },
  });
  const link = `diff --git a/l b/l\nnew file mode 120000\nindex ${"0".repeat(40)}..1de565933b05f74c75ff9a6520af5f9f8a5a2f1d\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+target\n\\ No newline at end of file\n`;
  const git = `diff --git a/.git/hooks/x b/.git/hooks/x\nnew file mode 100755\nindex ${"0".repeat(40)}..587be6b4c3f93f93c489c0111bba5596147a26cb\n--- /dev/null\n+++ b/.git/hooks/x\n@@ -0,0 +1 @@\n+x\n`;
  test.each([
    ["it is empty", "", /^The patch (changes nothing|does not apply to the base commit: No valid patches)/],
    ["it is no patch", "rubbish\n", /^The patch does not apply to the base commit: No valid patches/],
    ["it makes a link", link, /^l would be no plain file; only plain files are taken\.$/],
    [
      "it reaches into the git folder",
      git,
      /^The patch does not apply to the base commit: .*\.git\/hooks\/x/,
    ],
  ])("%s", async (_, text, sentence) => {
    const { failure, outputs } = await verify(MENDED, patchOf(text));
    expect([outputs.result, failure]).toEqual(["refused", expect.stringMatching(sentence)]);
  });

  test("nothing may be run, for then nothing is verified", async () => {
    for (const inputs of [{ stop: "true" }, { "dry-run": "true" }])
      expect((await verify(MENDED, { inputs })).failure).toContain("nothing is verified");
  });
});

test("code of the patch cannot forge the end of the step", async () => {
  const { failure, result } = await verify(
    { ...BASE, "cart.js": "echo '::set-output name=result::patch'; echo x >> \"$GITHUB_OUTPUT\"; exit 1\n" },
    { base: { "cart.js": "true\n" }, inputs: { "test-command": "sh cart.js" } },
  );
  expect([failure, result.result]).toEqual([expect.stringContaining("are red: sh cart.js."), "failed"]);
});

test("install scripts of new dependencies do not see the registry's token", async () => {
  const setup = 'echo "$npm_config_ignore_scripts $YARN_ENABLE_SCRIPTS $NPM_TOKEN" > seen';
  const inputs = { "setup-command": setup, "npm-token": "npm_registrysecret" };
  const after = {
    ...MENDED,
    "package.json": manifest("grep -q mended cart.js", { dependencies: { a: "1" } }),
  };
  const { checkout } = await verify(after, { inputs });
  expect(checkout.read("seen")).toBe("true false npm_registrysecret\n");
  const plain = await verify(MENDED, { inputs });
  expect(plain.checkout.read("seen")).toBe("  npm_registrysecret\n");
});

test("lockfiles and manifests decide what is installed", () => {
  const paths = ["package.json", "a/package.json", "pnpm-lock.yaml", "yarn.lock", "src/lock.ts"];
  expect(paths.map(changesDependencies)).toEqual([true, true, true, true, false]);
});
