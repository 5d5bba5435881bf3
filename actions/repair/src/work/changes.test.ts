import { chmodSync, linkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Checkout, type Files, useCheckouts } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const BASE: Files = { "cart.js": "broken\n", "check.sh": "grep -q mended cart.js\n", ".gitignore": "lib/\n" };
const MENDED: Files = { ...BASE, "cart.js": "mended\n" };
const MEND = "echo mended > cart.js";

const makeCheckout = useCheckouts();

const runOn = (checkout: Checkout, command: string, more: Readonly<Record<string, string>> = {}) =>
  runStep(checkout, { inputs: { "test-command": "sh check.sh", command, ...more } });

const work = (command: string, files = BASE) => runOn(makeCheckout(files), command);

describe("what tools leave in the agent's call is no change, and is said:", () => {
  const leftovers: Readonly<Record<string, readonly [string, string]>> = {
    "a folder that ignores itself": [
      "mkdir -p env/lib; echo '*' > env/.gitignore; echo 1 > env/lib/a.py",
      "2 files that tools made for themselves (env)",
    ],
    "a folder of 20,001 files that ignores itself": [
      "mkdir -p .venv/py; echo '*' > .venv/.gitignore; (cd .venv/py; seq 20001 | xargs touch)",
      "20,002 files that tools made for themselves (.venv)",
    ],
    "caches of pytest and byte code": [
      "mkdir -p .pytest_cache/v shop/__pycache__; echo '[]' > .pytest_cache/v/ids; echo x > shop/__pycache__/a.pyc",
      "2 files that tools made for themselves (.pytest_cache, shop/__pycache__)",
    ],
    "histories of an agent": [
      "echo hi > .aider.chat.history.md; mkdir .aider.tags.cache.v4; echo x > .aider.tags.cache.v4/cache.db",
      "2 files that tools made for themselves (.aider.chat.history.md, .aider.tags.cache.v4)",
    ],
    "installed packages": [
      "mkdir -p node_modules/left-pad; echo x > node_modules/left-pad/index.js",
      "1 folder that tools made for themselves (node_modules)",
    ],
  };
  test.each(Object.entries(leftovers))("%s", async (_, [script, said]) => {
    const { outputs, files, result } = await work(`${MEND}\n${script}`);
    expect([outputs.result, files]).toEqual(["patch", MENDED]);
    expect(result.notes).toEqual([`Left out of the patch: ${said}.`]);
  });

  test("the tools of many languages at once", async () => {
    const base = {
      ...BASE,
      ...{ "app/build.gradle": "", "Shop/Shop.csproj": "", "e2e/playwright.config.ts": "", "pom.xml": "" },
    };
    const tag = "Signature: 8a477f597d28d172789f06886806bc55";
    const left: Files = {
      ".venv/pyvenv.cfg": "home = /usr",
      ".venv/src/shop/.git/HEAD": "ref: refs/heads/main",
      "crates/target/CACHEDIR.TAG": tag,
      "crates/target/debug/.cargo-lock": "",
      "app/build/classes/App.txt": "",
      "app/.gradle/8.5/checksums": "",
      "Shop/obj/project.assets.json": "{}",
      "target/surefire-reports/a.txt": "",
      ".tox/.gitignore": "*",
      "src/shop.egg-info/PKG-INFO": "",
      "web/coverage/lcov.info": "",
      "web/.next/trace": "",
      "web/.turbo/cache/a.tar.zst": "",
      "e2e/test-results/.last-run.json": "{}",
      ".opencode/.gitignore": "package.json\n.gitignore",
      ".opencode/package.json": "{}",
      "vendor/bundle/ruby/a.rb": "",
    };
    const makes = Object.entries(left).map(
      ([path, text]) => `mkdir -p "$(dirname ${path})"; printf '%s' '${text}' > ${path}`,
    );
    const { files, result } = await work(
      [MEND, ...makes, "ln -s /usr/bin/env .venv/python"].join("\n"),
      base,
    );
    expect(files).toEqual({ ...base, "cart.js": "mended\n" });
    expect(result.notes).toEqual([
      expect.stringMatching(/^Left out of the patch: .* that tools made for themselves/),
    ]);
  });

  test("what was there before the call is not said again", async () => {
    const checkout = makeCheckout(BASE);
    const { result } = await runOn(checkout, MEND, { "setup-command": "mkdir .tox; echo x > .tox/log" });
    expect(result.notes).toEqual([]);
  });

  test("an agent that leaves nothing else has changed nothing", async () => {
    const { result } = await work("mkdir -p .mypy_cache; echo x > .mypy_cache/a.json");
    expect([result.result, result.reason]).toEqual([
      "no-change",
      "The agent changed nothing. Left out of the patch: 1 file that tools made for themselves (.mypy_cache).",
    ]);
  });
});

describe("a file that the agent hides is in the patch all the same when", () => {
  const hiding: Readonly<Record<string, string>> = {
    "the git folder ignores it": "mkdir -p .git/info; echo scratch/ >> .git/info/exclude",
    "a .gitignore of its folder keeps the folder and ignores it":
      "printf '*\\n!.gitignore\\n' > scratch/.gitignore",
  };
  test.each(Object.entries(hiding))("%s", async (_, script) => {
    const { files } = await work(`${MEND}; mkdir scratch; echo n > scratch/notes.md; ${script}`);
    expect(files["scratch/notes.md"]).toBe("n\n");
  });
});

describe("a new file in a folder that the base ignores", () => {
  test("is taken, and said, if it is source that the change refers to", async () => {
    const script =
      "mkdir -p src/lib; echo 'export const price = 1' > src/lib/price.js; echo 'import mended from price' > cart.js";
    const { files, result } = await work(script);
    expect(files["src/lib/price.js"]).toBe("export const price = 1\n");
    expect(result.notes).toEqual([
      "Taken into the patch, though the base commit ignores the folder, because the change refers to it: src/lib/price.js.",
    ]);
  });

  test("is taken if what was taken refers to it", async () => {
    const script = `mkdir -p src/lib; echo "import './cents.js'" > src/lib/price.js; echo 1 > src/lib/cents.js; echo 'mended price' > cart.js`;
    const { files } = await work(script);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["src/lib/price.js", "src/lib/cents.js"]));
  });

  const leftOut: Readonly<Record<string, readonly [string, Files?]>> = {
    "nothing refers to it": ["mkdir lib; echo 1 > lib/other.js; echo mended > cart.js"],
    "another file has its name": [
      "mkdir lib; echo 1 > lib/check.js; echo 'mended check' > cart.js",
      { "check.js": "" },
    ],
    "it is made from something else": [
      "mkdir dist; echo 1 > dist/price.js; echo 'mended price' > cart.js",
      { ".gitignore": "dist/\n" },
    ],
    "its name alone is ignored": [
      "mkdir conf; echo 1 > conf/local.js; echo 'mended ./conf/local' > cart.js",
      { ".gitignore": "local.js\n" },
    ],
  };
  test.each(Object.entries(leftOut))("is left out, and said, if %s", async (_, [script, base]) => {
    const files = { ...BASE, ...base };
    const { files: after, result } = await work(script, files);
    expect(Object.keys(after).sort()).toEqual(Object.keys(files).sort());
    expect(result.notes).toEqual([
      expect.stringMatching(/^Left out of the patch: 1 file that the base commit ignores/),
    ]);
  });
});

describe("an agent that leaves the checkout as it was and works", () => {
  const commit = "git -c user.name=a -c user.email=a@b commit --quiet -am fix";
  const places = [
    [
      "on its own branch",
      `git switch -qc fix/cart && ${MEND} && ${commit} && git switch -q main`,
      "The agent left the checkout as it was and worked on `fix/cart`; that work is its change.",
    ],
    [
      "on a branch, and detaches from it",
      `git switch -qc fix && ${MEND} && ${commit} && git switch -q --detach main`,
      "The agent left the checkout as it was and worked on `fix`; that work is its change.",
    ],
    [
      "in a work tree, and commits",
      `git worktree add -q .claude/worktrees/fix -b fix && cd .claude/worktrees/fix && ${MEND} && ${commit}`,
      "The agent left the checkout as it was and worked in .claude/worktrees/fix; that work is its change.",
    ],
    [
      "in a work tree, without a commit",
      `git worktree add -q trees/one && cd trees/one && ${MEND}`,
      "The agent left the checkout as it was and worked in trees/one; that work is its change.",
    ],
  ] as const;
  test.each(places)("%s has its work taken and tested", async (_, script, said) => {
    const { outputs, files, result } = await work(script);
    expect([outputs.result, files, result.notes]).toEqual(["patch", MENDED, [said]]);
  });

  const unclear = [
    [
      "on two branches",
      `for b in one two; do git switch -qc $b main; echo mended $b > cart.js; ${commit}; done; git switch -q main`,
      "The agent changed nothing. The agent left work on `one`, `two`, which is not part of the patch.",
    ],
    [
      "in the stash",
      `${MEND}; git -c user.name=a -c user.email=a@b stash --quiet`,
      "The agent changed nothing. The agent left work in `git stash`, which is not part of the patch.",
    ],
  ] as const;
  test.each(unclear)("%s gets to know where its work lies", async (_, script, reason) => {
    const { result } = await work(script);
    expect([result.result, result.reason]).toEqual(["no-change", reason]);
  });

  test("on a branch that it merges has nothing to add", async () => {
    const script = `git switch -qc fix && ${MEND} && ${commit} && git switch -q main && git -c user.name=a -c user.email=a@b merge --quiet --no-ff -m merge fix`;
    const { files, result } = await work(script);
    expect([files, result.notes]).toEqual([MENDED, []]);
  });
});

test("a folder becomes a file, and a file a folder", async () => {
  const base = { ...BASE, "d/a": "x\n", f: "y\n" };
  const { outputs, files } = await work(`rm -rf d; echo now > d; rm f; mkdir f; echo z > f/z; ${MEND}`, base);
  expect([outputs.result, files]).toEqual(["patch", { ...MENDED, d: "now\n", "f/z": "z\n" }]);
});

describe("what no patch can store is left out and said:", () => {
  const LFS = { ...BASE, ".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n" };
  test("a new file of Git LFS", async () => {
    const { files, result } = await work(`${MEND}; echo x > new.png`, LFS);
    expect(files).toEqual({ ...LFS, "cart.js": "mended\n" });
    expect(result.notes).toEqual([
      "Left out of the patch: 1 file under a filter of `.gitattributes`, such as Git LFS, which no patch can store; commit it by hand (new.png).",
    ]);
  });

  test("a link", async () => {
    const { files, result } = await work(`${MEND}; ln -s cart.js link`);
    expect([files, result.notes]).toEqual([
      MENDED,
      ["Left out of the patch: 1 file that would be a link, a submodule or no plain file (link)."],
    ]);
  });
});

describe("an untouched checkout is begun from, though git would call it changed, where", () => {
  const CRLF = "@echo off\r\necho a\r\n";
  const SHA = "44e60ac1db0c63e3c3a3cf8a9fb6c1d2a3b6b4d1c5d1a0f0b1e7c6a1d2e3f4a5";
  const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${SHA}\nsize 5\n`;
  const forms: Readonly<Record<string, readonly [Files, (checkout: Checkout) => void]>> = {
    "the commit holds CRLF where its attributes say LF": [
      { "make.bat": CRLF, ".gitattributes": "*.bat text eol=crlf\n" },
      () => {},
    ],
    "`core.autocrlf` wrote CRLF": [
      {},
      ({ workspace }) => {
        for (const [name, text] of Object.entries(BASE))
          writeFileSync(join(workspace, name), text.replaceAll("\n", "\r\n"));
      },
    ],
    "a file of mixed line endings was checked out with one": [
      { "a.txt": "a\r\nb\n", ".gitattributes": "*.txt text eol=crlf\n" },
      ({ workspace }) => writeFileSync(join(workspace, "a.txt"), "a\r\nb\r\n"),
    ],
    "the disk does not keep modes": [
      {},
      ({ workspace, git }) => {
        git(["config", "core.fileMode", "false"]);
        chmodSync(join(workspace, "cart.js"), 0o755);
      },
    ],
    "two names are one file on its disk": [
      { README: "a\n", readme: "b\n" },
      ({ workspace }) => {
        rmSync(join(workspace, "README"));
        linkSync(join(workspace, "readme"), join(workspace, "README"));
      },
    ],
    "another filter made the file": [
      { "secret.env": "encrypted\n", ".gitattributes": "*.env filter=git-crypt\n" },
      ({ workspace }) => writeFileSync(join(workspace, "secret.env"), "A=1\n"),
    ],
  };
  test.each(Object.entries(forms))("%s", async (_, [more, disturb]) => {
    const checkout = makeCheckout({ ...BASE, ...more });
    disturb(checkout);
    const { failure, patch } = await runOn(checkout, MEND, { "test-command": "grep -q mended cart.js" });
    expect(failure).toBeUndefined();
    expect(patch?.toString().match(/^(diff|[-+][^-+]).*$/gm)).toEqual([
      "diff --git a/cart.js b/cart.js",
      "-broken",
      "+mended",
    ]);
  });

  test("an edit of a file that the commit holds with CRLF keeps its line endings", async () => {
    const checkout = makeCheckout({ ...BASE, "make.bat": CRLF, ".gitattributes": "*.bat text eol=crlf\n" });
    const { files } = await runOn(checkout, `${MEND}; sed -i 's/echo a/echo b/' make.bat`);
    expect(files["make.bat"]).toBe("@echo off\r\necho b\r\n");
  });

  test("but not where a Git LFS file is not what its pointer says", async () => {
    const checkout = makeCheckout({ ...BASE, "a.png": POINTER, ".gitattributes": "*.png filter=lfs\n" });
    writeFileSync(join(checkout.workspace, "a.png"), "other");
    expect((await runOn(checkout, MEND)).failure).toMatch(
      /^The checkout is not exactly the commit .*: a\.png\./,
    );
  });
});
