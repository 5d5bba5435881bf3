import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findOwners } from "./codeowners.ts";

const isOwned = (pattern: string, path: string): boolean => findOwners(`${pattern} @a`, [path]).length > 0;

// GitHub's own examples, from its page about code owners.
it.each([
  { pattern: "*", owned: ["src/cart.js"], free: [] },
  { pattern: "*.js", owned: ["src/deep/cart.js"], free: ["src/cart.ts"] },
  { pattern: "/build/logs/", owned: ["build/logs/a/b.log"], free: ["src/build/logs/b.log"] },
  {
    pattern: "docs/*",
    owned: ["docs/getting-started.md"],
    free: ["docs/build-app/troubleshooting.md", "src/docs/getting-started.md"],
  },
  { pattern: "apps/", owned: ["src/apps/web/main.js"], free: ["apps"] },
  { pattern: "/docs/", owned: ["docs/a/b.md"], free: [] },
  { pattern: "**/logs", owned: ["deeply/nested/logs/x.log", "logs/x.log"], free: [] },
  { pattern: "/apps/github", owned: ["apps/github/README.md"], free: ["apps/github.md"] },
  { pattern: "src/**", owned: ["src/a/b.js"], free: ["src"] },
  { pattern: "src/**/cart.js", owned: ["src/cart.js", "src/a/b/cart.js"], free: [] },
  { pattern: "/*", owned: ["package.json"], free: ["src/cart.js"] },
  { pattern: "SRC/", owned: [], free: ["src/cart.js"] },
  { pattern: "a\\ b/", owned: ["a b/c.js"], free: [] },
  { pattern: "ca?t.js", owned: ["src/cart.js"], free: [] },
  { pattern: "a.b", owned: [], free: ["aXb"] },
])("$pattern owns $owned and not $free", ({ pattern, owned, free }) => {
  expect([...owned, ...free].filter((path) => isOwned(pattern, path))).toEqual(owned);
});

describe("a file", () => {
  const FILE = [
    "# a comment",
    "* @global @acme/all  # an inline comment",
    "*.js @js # and @nobody",
    "docs/* docs@example.com",
    "/apps/ @apps",
    "/apps/github",
  ].join("\r\n");

  it.each([
    ["README.md", ["@global", "@acme/all"]],
    ["src/cart.js", ["@js"]],
    ["docs/a.md", []],
    ["apps/web/a.md", ["@apps"]],
    ["apps/github/a.md", []],
  ])("gives %s to the owners of the last line that matches: %j", (path, owners) => {
    expect(findOwners(FILE, [path])).toEqual(owners);
  });

  it("gives several files to all their owners, each named once", () => {
    expect(findOwners(FILE, ["src/a.js", "README.md", "src/b.js"])).toEqual(["@js", "@global", "@acme/all"]);
  });

  it.each(["!*.js @x", "[ab].js @x", "\\#a @x", "*.js nobody", "*.js @x @", "/ @x"])(
    "is read on past a line that GitHub does not understand: %s",
    (line) => {
      expect(findOwners(`* @a\n${line}`, ["a.js", "#a", "b.js"])).toEqual(["@a"]);
    },
  );
});

const name = fc.stringMatching(/^[a-c.]{1,3}$/).filter((each) => !/^\.+$/.test(each));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const globbed = fc.stringMatching(/^[a-c.*?]{1,3}$/).filter((each) => !/^\.+$|\*\*/.test(each));
const step = fc.oneof({ weight: 4, arbitrary: globbed }, { weight: 1, arbitrary: fc.constant("**") });
const pattern = fc
  .tuple(fc.constantFrom("", "/"), fc.array(step, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "/"))
  .map(([before, steps, after]) => `${before}${steps.join("/")}${after}`);

describe("for any file and pattern", () => {
  it("a last line for everything takes everything", () => {
    fc.assert(
      fc.property(fc.array(pattern), path, (patterns, file) => {
        const text = [...patterns.map((each) => `${each} @a`), "* @b"].join("\n");
        expect(findOwners(text, [file])).toEqual(["@b"]);
      }),
    );
  });

  it("a path with a slash in front names itself and nothing beside it", () => {
    fc.assert(
      fc.property(path, path, (own, other) => {
        expect(isOwned(`/${own}`, own)).toBe(true);
        expect(isOwned(`/${own}`, other)).toBe(other === own || other.startsWith(`${own}/`));
      }),
    );
  });

  describe("git itself", () => {
    let folder = "";
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "codeowners-"));
      spawnSync("git", ["init", "--quiet", folder], { env });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** gitignore is what CODEOWNERS follows, but for what `dir/*` names. */
    it("ignores the same files, except below `dir/*`", () => {
      const files = fc.sample(path, { numRuns: 300, seed: 7 });
      const patterns = fc.sample(
        pattern.filter((each) => !/\/\*+\/?$|^\*\*\/$/.test(each)),
        { numRuns: 60, seed: 7 },
      );
      for (const each of patterns) {
        writeFileSync(join(folder, ".git", "info", "exclude"), `${each}\n`);
        const { stdout } = spawnSync("git", ["check-ignore", "--no-index", "-z", "--stdin"], {
          cwd: folder,
          env,
          input: files.join("\0"),
          encoding: "utf8",
        });
        const ignored = new Set(stdout.split("\0"));
        const owned = files.filter((file) => isOwned(each, file));
        expect([each, new Set(owned)]).toEqual([each, new Set(files.filter((file) => ignored.has(file)))]);
      }
    });
  });
});
