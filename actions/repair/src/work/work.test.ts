import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256Of } from "../step/task.ts";
import { type Checkout, type Files, useCheckouts, writeFiles } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const BASE: Files = {
  "cart.js": "broken\n",
  "check.sh": "grep -q mended cart.js\n",
  ".gitignore": "built/\n",
};

const makeCheckout = useCheckouts();
const checkoutOf = (files: Files = BASE) => makeCheckout(files);

const MEND = "echo mended > cart.js";
const TESTED = { "test-command": "sh check.sh" };
const MENDED = { ...BASE, "cart.js": "mended\n" };

/** A step on a checkout of the base, whose tests are run. */
const work = (inputs: Readonly<Record<string, string>> = {}) =>
  runStep(checkoutOf(), { inputs: { ...TESTED, command: MEND, ...inputs } });

test("a change with green tests becomes a patch", async () => {
  const { outputs, files, result, failure } = await work();
  expect([outputs.result, failure, files]).toEqual(["patch", undefined, MENDED]);
  expect(result.checks.map(({ name, outcome }) => [name, outcome])).toEqual([["test", "passed"]]);
  expect(outputs["patch-sha256"]).toBe(result.patch?.sha256);
});

test("the patch is byte for byte what git makes of the change", async () => {
  const checkout = checkoutOf();
  const { patch } = await runStep(checkout, { inputs: { ...TESTED, command: MEND } });
  checkout.git(["add", "--all"]);
  const args = ["diff", "--cached", "--binary", "--full-index", "--no-renames", checkout.base];
  expect(patch?.toString()).toBe(checkout.git(args));
});

test("a pipe that tests leave in the place of attributes does not hold up the patch", async () => {
  const { outputs, files } = await runStep(checkoutOf(), {
    inputs: { command: MEND, "test-command": "mkfifo .gitattributes; sh check.sh" },
  });
  expect([outputs.result, files]).toEqual(["patch", MENDED]);
});

describe("an agent changes nothing about how the patch is made when it", () => {
  const tampering: Readonly<Record<string, string>> = {
    commits: "git -c user.name=a -c user.email=a@b commit --quiet -am done",
    "deletes the git folder": "rm -rf .git",
    "puts an empty repository in its place": "rm -rf .git && git init --quiet",
    "marks the file as unchanged": "git update-index --assume-unchanged cart.js",
    "adds a filter": `git config filter.evil.clean 'echo forged' && mkdir -p .git/info && echo '* filter=evil' > .git/info/attributes`,
    "adds a hook": `printf '#!/bin/sh\\necho forged > cart.js\\n' | tee .git/hooks/post-index-change > .git/hooks/pre-commit; chmod +x .git/hooks/*`,
    "sets a file system monitor": `printf '#!/bin/sh\\ntouch "$PWD/forged"\\n' > .git/mon; chmod +x .git/mon; git config core.fsmonitor "$PWD/.git/mon"`,
    "sets another work tree": "git config core.worktree /tmp",
    "ignores its file in the git folder": "mkdir -p .git/info && echo '*' > .git/info/exclude",
    "reaches for the copy of the git folder": `cd "$HOME/../vault" && printf '[filter "evil"]\\n\\tclean = echo forged\\n' | tee config > config.worktree; mkdir -p evil info && cp config evil && echo '* filter=evil' > info/attributes && echo evil > commondir`,
    "writes configuration of the home": `printf '[core]\\n\\texcludesFile=/tmp/x\\n\\tattributesFile=/tmp/y\\n[diff]\\n\\texternal=false\\n' > "$HOME/.gitconfig"`,
  };
  test.each(Object.entries(tampering))("%s", async (_, script) => {
    const { outputs, files } = await work({ command: `${MEND}\n${script}` });
    expect([outputs.result, files]).toEqual(["patch", MENDED]);
  });

  test("writes attributes that call the file binary and filter it", async () => {
    const script = `${MEND}\ngit config filter.evil.clean 'echo forged'\necho '*.js binary filter=evil eol=crlf' > .gitattributes`;
    const { patch, files } = await work({ command: script });
    expect(files["cart.js"]).toBe("mended\n");
    expect(patch?.toString()).toContain("-broken\n+mended\n");
  });

  test("ignores the file that it adds", async () => {
    const script = `${MEND}\necho 'hidden.js' >> .gitignore\necho '*' > .git/info/exclude\necho evil > hidden.js`;
    const { files } = await work({ command: script, "inner-attempts": "0" });
    expect(files).toEqual({ ...MENDED, ".gitignore": "built/\nhidden.js\n", "hidden.js": "evil\n" });
  });
});

test("what the base commit ignores stays out, also where the agent no longer ignores it", async () => {
  const script = `${MEND}\nrm .gitignore\nmkdir built\necho x > built/out.js`;
  const { files } = await work({ command: script });
  expect(Object.keys(files).sort()).toEqual(["cart.js", "check.sh"]);
});

test("packages that the agent installs are no part of the patch, though nobody ignores them", async () => {
  const script = `${MEND}\nmkdir -p lib/node_modules/left\necho x > lib/node_modules/left/index.js`;
  const { files } = await work({ command: script });
  expect(files).toEqual(MENDED);
});

test("what setup and tests leave behind is no part of the patch", async () => {
  const { files } = await runStep(checkoutOf({ ...BASE, lock: "1\n" }), {
    inputs: {
      command: MEND,
      "setup-command": "echo 2 > lock; echo x > installed",
      "test-command": "echo x > coverage; sh check.sh",
    },
  });
  expect(files).toEqual({ ...MENDED, lock: "1\n" });
});

test("an agent that changes nothing ends green without a patch", async () => {
  const { outputs, failure, result } = await runStep(checkoutOf(), { inputs: { command: "echo unsure" } });
  expect([outputs.result, outputs.patch, failure]).toEqual(["no-change", "", undefined]);
  expect(result).toMatchObject({ reason: "The agent changed nothing.", summary: "unsure", checks: [] });
});

test("an agent that changes nothing and asks waits for an answer", async () => {
  const { outputs, failure, result } = await work({
    command: "echo Which currency should a cart have? I changed nothing.",
  });
  expect([outputs.result, failure]).toEqual(["no-change", undefined]);
  expect(result).toMatchObject({
    ending: "asked",
    question: "Which currency should a cart have? I changed nothing.",
  });
});

test("an agent that asks outright waits, and what it changed is kept beside the question", async () => {
  const { outputs, result } = await work({ command: `${MEND}; echo QUESTION: EUR or USD?` });
  expect([outputs.result, result.ending, result.question]).toEqual(["no-change", "asked", "EUR or USD?"]);
  expect(result.patch?.files).toEqual(["cart.js"]);
});

test.each([
  ["a setup that fails", { "setup-command": "exit 3" }, "setup"],
  ["an agent that changes nothing", { command: "true" }, "agent"],
  ["an agent that crashes", { command: "exit 3" }, "agent"],
])("%s is known from other ends", async (_, inputs, cause) => {
  expect((await work(inputs)).result.cause).toBe(cause);
});

test("a change that makes the tests red is known from other ends", async () => {
  const inputs = { ...TESTED, command: "echo broken > cart.js", "inner-attempts": "0" };
  expect((await runStep(checkoutOf(MENDED), { inputs })).result.cause).toBe("tests");
});

test("another folder in the checkout's place is not taken for it", async () => {
  const script = 'rm -rf "$PWD"; ln -s /etc "$PWD"';
  const { failure, patch } = await work({ command: script });
  expect([failure, patch]).toEqual([
    expect.stringMatching(/^The checkout \S+ is gone, or something else is in its place\.$/),
    undefined,
  ]);
});

test("only patch and result are left, wherever the agent lays links or files", async () => {
  const checkout = checkoutOf();
  const folder = join(checkout.temporaryFolder, "patchpilot-repair");
  const script = `${MEND}; rm -rf ${folder}; ln -s "$PWD" ${folder}`;
  const { outputs } = await runStep(checkout, { inputs: { ...TESTED, command: script } });
  expect([outputs.result, readdirSync(folder), readdirSync(checkout.temporaryFolder)]).toEqual([
    "patch",
    ["change.patch", "result.json"],
    ["patchpilot-repair"],
  ]);
});

test.each([
  [
    "a folder with a repository of its own",
    "git init --quiet other && echo x > other/file",
    "Left out of the patch: 1 folder with its own git repository (other/).",
  ],
  [
    "a file that no patch could carry",
    "head -c 21000000 /dev/zero > core.dump",
    "Left out of the patch: 1 file that is too large for a patch (core.dump).",
  ],
])("%s is left out and named", async (_, script, note) => {
  const { files, result } = await work({ command: `${MEND}\n${script}` });
  expect([files, result.notes]).toEqual([MENDED, [note]]);
});

describe("after a red test", () => {
  const onFix = (then: string) =>
    `if [ "$PATCHPILOT_STAGE" = fix ]; then ${then}; else echo wrong > cart.js; fi`;

  test("the agent gets the end of the output and heals its change", async () => {
    const command = onFix(`${MEND}; cp "$PATCHPILOT_PROMPT_FILE" told`);
    const { outputs, files, result } = await runStep(checkoutOf(), {
      inputs: { command, "test-command": "sh check.sh || { echo the cart is empty; exit 3; }" },
    });
    expect([outputs.result, files["cart.js"]]).toEqual(["patch", "mended\n"]);
    expect(files["told"]).toContain("the cart is empty");
    expect(result.checks.map(({ outcome, exitCode }) => [outcome, exitCode])).toEqual([
      ["failed", 3],
      ["passed", 0],
    ]);
    expect(result.failure).toBeUndefined();
  });

  test("the last change is kept, with what went red", async () => {
    const command = onFix("date +%N > cart.js");
    const { outputs, failure, files, result } = await runStep(checkoutOf(MENDED), {
      inputs: { command, "test-command": "echo so empty; sh check.sh", "inner-attempts": "1" },
    });
    expect([outputs.result, failure]).toEqual(["failed", "The tests are red after 2 of 2 tries."]);
    expect(files["cart.js"]).toMatch(/^\d+\n$/);
    expect(result.failure).toEqual({ command: "echo so empty; sh check.sh", output: "so empty" });
    expect(outputs["patch-sha256"]).toBe(result.patch?.sha256);
  });

  test("the same change with the same failure ends the attempt", async () => {
    const inputs = { ...TESTED, command: "echo wrong > cart.js", "inner-attempts": "9" };
    const { failure, result } = await runStep(checkoutOf(MENDED), { inputs });
    expect(failure).toBe(
      "The same change failed in the same way twice, so a third try would only repeat it.",
    );
    expect(result.calls).toHaveLength(2);
  });

  test("no call is made when the turns are used up", async () => {
    const inputs = { ...TESTED, command: onFix("date +%N > cart.js"), "max-turns": "1" };
    const { failure, result } = await runStep(checkoutOf(MENDED), { inputs });
    expect(failure).toBe(
      "The tests are red after 1 of 3 tries. The agent's turns are used up (`max-turns`: 1).",
    );
    expect([result.calls.length, result.turns, result.costUsd]).toEqual([1, null, null]);
  });
});

describe("tests that are red on the base already", () => {
  const check = "grep -q mended cart.js || exit 1\necho FAIL other.test.js; exit 1\n";

  test("do not hold up a change that makes nothing worse, and are named", async () => {
    const { outputs, result } = await runStep(checkoutOf({ ...BASE, "check.sh": check }), {
      inputs: { ...TESTED, command: MEND },
    });
    expect([outputs.result, result.calls.length]).toEqual(["patch", 1]);
    expect(result.reason).toContain("red on the base already");
    expect(result.baseline?.exitCode).toBe(1);
  });

  test("that say the same after the change send the agent back, and then end as red", async () => {
    const { outputs, result } = await work({ command: "echo other > cart.js" });
    expect([outputs.result, result.calls.length]).toEqual(["failed", 2]);
    expect(result.reason).toContain("red on the base already");
  });

  test("are as they were where the base was tested: the change is kept", async () => {
    const { files } = await runStep(checkoutOf({ ...BASE, "check.sh": check }), {
      inputs: { ...TESTED, command: `${MEND}; echo new > new.js` },
    });
    expect(files).toEqual({ ...MENDED, "check.sh": check, "new.js": "new\n" });
  });
});

describe("autonomy", () => {
  test("`observe` runs nothing", async () => {
    const checkout = checkoutOf();
    const { outputs, result } = await runStep(checkout, {
      task: { autonomy: "observe" },
      inputs: { command: MEND },
    });
    expect([outputs.result, checkout.read("cart.js"), result.calls]).toEqual(["no-change", "broken\n", []]);
  });

  test("a word that nobody knows runs nothing", async () => {
    const { result } = await runStep(checkoutOf(), {
      task: { autonomy: "merge" },
      inputs: { command: MEND },
    });
    expect([result.result, result.calls]).toEqual(["no-change", []]);
  });

  test("`plan` ends after the plan and throws edits away", async () => {
    const checkout = checkoutOf();
    const command = `${MEND}; echo x > new; rm check.sh; echo Mend the cart.`;
    const { outputs, result } = await runStep(checkout, { task: { autonomy: "plan" }, inputs: { command } });
    expect([outputs.result, outputs.patch, result.plan?.text]).toEqual(["plan", "", "Mend the cart."]);
    expect(["cart.js", "new", "check.sh"].map(checkout.read)).toEqual([
      "broken\n",
      undefined,
      BASE["check.sh"],
    ]);
  });

  test("a plan that a person approved reaches the prompt", async () => {
    const text = "Mend the cart, and nothing else.";
    const { files, result } = await runStep(checkoutOf(), {
      task: { plan: { text, sha256: sha256Of(text) } },
      inputs: { command: `cp "$PATCHPILOT_PROMPT_FILE" told` },
    });
    expect(files["told"]).toContain(text);
    expect(result.plan).toEqual({ text, sha256: sha256Of(text) });
  });

  test("a plan that nobody approved is refused", async () => {
    const { failure, result } = await runStep(checkoutOf(), {
      task: { plan: { text: "Mend the cart.", sha256: sha256Of("Mend it.") } },
      inputs: { command: MEND },
    });
    expect(failure).toMatch(/^The plan in `task-file` is not the one that was approved/);
    expect(result.calls).toEqual([]);
  });
});

describe("without an attempt", () => {
  /** Nothing of `claim`'s. An empty input is an absent one. */
  const ALONE = { ...TESTED, "base-sha": "", "task-file": "", "evidence-file": "", "prompt-file": "" };
  const WORDS = "Mend the cart.\n\nIt is broken.";
  const told =
    'cat "$PATCHPILOT_PROMPT_FILE" > told; f=$(grep -o "[^ ]*prompt.md" told | head -1); cat "$f" > words';

  test("words of the workflow are carried out on whatever is checked out", async () => {
    const checkout = checkoutOf();
    const inputs = { ...ALONE, prompt: WORDS, command: `${MEND}; ${told}` };
    const { outputs, result, files, log } = await runStep(checkout, { inputs });
    expect(outputs.result).toBe("patch");
    expect(result).toMatchObject({ recipe: "prompt", baseSha: checkout.base });
    expect([files["cart.js"], files["words"]]).toEqual(["mended\n", WORDS]);
    expect(files["told"]).not.toMatch(/issue|incident|attempt/i);
    expect(log).toContain(`No \`base-sha\` is given: the base is ${checkout.base}`);
  });

  test.each([
    ["neither words nor a file", {}],
    ["both words and a file", { prompt: WORDS, "prompt-file": "prompt.md" }],
  ])("%s of instructions are an error", async (_, given) => {
    const { failure } = await runStep(checkoutOf(), { inputs: { ...ALONE, ...given, command: MEND } });
    expect(failure).toContain("`step: work` needs either `prompt-file`");
  });

  test("the task of an attempt is not carried out on whatever is checked out", async () => {
    const { failure, result } = await runStep(checkoutOf(), { inputs: { "base-sha": "", command: MEND } });
    expect(failure).toContain("`base-sha` is missing: `task-file` belongs to an attempt");
    expect(result.calls).toEqual([]);
  });
});

describe("a checkout is refused with one sentence that names the remedy when", () => {
  const faults: Readonly<Record<string, readonly [(checkout: Checkout) => void, RegExp]>> = {
    "it is at another commit": [
      ({ git }) =>
        git(["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--allow-empty", "-m", "x"]),
      /^The checkout is at [0-9a-f]{40}, not at `base-sha` [0-9a-f]{40}\. Check it out with actions\/checkout/,
    ],
    "a file is changed": [
      ({ workspace }) => writeFiles(workspace, { "cart.js": "other\n" }),
      /^The checkout is not exactly the commit that is checked out: cart\.js\./,
    ],
    "a file is added": [
      ({ workspace }) => writeFiles(workspace, { "task/prompt.md": "x" }),
      /^The checkout is not exactly the commit that is checked out: task\/prompt\.md\./,
    ],
    "a file is missing": [
      ({ workspace }) => rmSync(join(workspace, "cart.js")),
      /^The checkout is not exactly the commit that is checked out: cart\.js\./,
    ],
    "there is none": [
      ({ workspace }) => rmSync(join(workspace, ".git"), { recursive: true }),
      /is not a checkout of a commit\. Check it out with actions\/checkout/,
    ],
  };
  test.each(Object.entries(faults))("%s", async (_, [spoil, sentence]) => {
    const checkout = checkoutOf();
    spoil(checkout);
    const { failure, outputs, result } = await runStep(checkout, { inputs: { ...TESTED, command: MEND } });
    expect(failure).toMatch(sentence);
    expect([outputs.result, outputs.patch, result.calls]).toEqual(["failed", "", []]);
  });
});

test("`stop` and `dry-run` run nothing", async () => {
  const checkout = checkoutOf();
  const stopped = await runStep(checkout, { inputs: { ...TESTED, command: MEND, stop: "true" } });
  expect([stopped.outputs.result, stopped.result.reason]).toEqual([
    "no-change",
    "`stop` is set: nothing is run.",
  ]);
  const dry = await runStep(checkout, { inputs: { ...TESTED, command: MEND, "dry-run": "true" } });
  expect(dry.result.reason).toBe(
    "`dry-run`: command would work by the recipe fix-incident, after no setup, tested by sh check.sh.",
  );
  expect(checkout.read("cart.js")).toBe("broken\n");
});
