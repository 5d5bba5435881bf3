import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { writeFiles } from "../testing/checkout.ts";
import { gatherAttributes, gatherIgnoreRules, type RulesFile } from "./gather-rules.ts";

const FOLDERS = ["", "src/", "src/lib/", "a[b]/"];
const PATHS = FOLDERS.flatMap((folder) =>
  ["a.js", "b.log", "out/x", "keep/b.log"].map((name) => folder + name),
);

/** One repository whose files of rules lie in the work tree, and an empty one that gets the gathered rules. */
let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "rules-"));
  for (const name of ["theirs", "ours"]) {
    mkdirSync(join(root, name));
    testGit(join(root, name))(["init", "--quiet", "--template="]);
    mkdirSync(join(root, name, ".git", "info"));
    writeFiles(join(root, name), Object.fromEntries(PATHS.map((path) => [path, "x\n"])));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const git = (repository: string, args: readonly string[]) =>
  // Git that does not read would break the pipe.
  testGit(join(root, repository))(args, args.includes("--stdin") ? PATHS.join("\n") : undefined).toString();

function writeRules(name: string, files: readonly RulesFile[]): void {
  for (const folder of FOLDERS) {
    const text = files.find((file) => file.folder === folder)?.text ?? "";
    writeFileSync(join(root, "theirs", folder, name), text);
  }
}

const rulesFiles = (line: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(
      fc.record({ folder: fc.constantFrom(...FOLDERS), lines: fc.array(line, { maxLength: 4 }) }),
      {
        selector: ({ folder }) => folder,
      },
    )
    .map((files) =>
      files.map(({ folder, lines }) => ({ folder, text: lines.map((each) => `${each}\n`).join("") })),
    );

const pattern = fc.constantFrom(
  ..."*.log,*.js,/a.js,b.log,out/,/out/,out/x,out/*,**/b.log,lib/a.js,keep,keep/,/keep/b.log,src/**,?.js,[ab].*".split(
    ",",
  ),
);
const ignoreLine = fc.oneof(
  pattern,
  pattern.map((each) => `!${each}`),
  fc.constantFrom("# note", "", "\\!x", "*.log "),
);

test("gathered ignore rules mean what git makes of the files in their folders", () => {
  fc.assert(
    fc.property(rulesFiles(ignoreLine), (files) => {
      writeRules(".gitignore", files);
      writeFileSync(join(root, "ours", "rules"), gatherIgnoreRules(files));
      const rest = ["ls-files", "--others", "-z"];
      const theirs = git("theirs", [...rest, "--exclude-per-directory=.gitignore"]);
      const ours = git("ours", [...rest, "--exclude-from=rules"]);
      const seen = (text: string) => text.split("\0").filter((path) => PATHS.includes(path));
      expect(seen(ours)).toEqual(seen(theirs));
    }),
    { numRuns: inject("gitDraws") },
  );
  for (const folder of FOLDERS) rmSync(join(root, "theirs", folder, ".gitignore"));
});

const attributeLine = fc
  .tuple(
    pattern.filter((each) => !each.endsWith("/")),
    fc.constantFrom("text", "-text", "eol=lf", "eol=crlf", "text=auto", "!text", "ident", "binary"),
  )
  .map((parts) => parts.join(" "));

test("gathered attributes mean what git makes of the files in their folders", () => {
  fc.assert(
    fc.property(rulesFiles(attributeLine), (files) => {
      writeRules(".gitattributes", files);
      writeFileSync(join(root, "ours", ".git", "info", "attributes"), gatherAttributes(files));
      const ask = ["check-attr", "--stdin", "text", "eol", "ident"];
      expect(git("ours", ask)).toBe(git("theirs", ask));
    }),
    { numRuns: inject("gitDraws") },
  );
});

test("attributes of the work tree count for nothing beside gathered ones", () => {
  writeFileSync(
    join(root, "ours", ".gitattributes"),
    "[attr]binary text\n*.js binary eol=crlf filter=evil diff=evil\n",
  );
  writeFileSync(join(root, "ours", ".git", "info", "attributes"), gatherAttributes([]));
  const said = git("ours", [
    "check-attr",
    "--stdin",
    "text",
    "eol",
    "filter",
    "diff",
    "ident",
    "working-tree-encoding",
  ]);
  expect(
    said
      .trim()
      .split("\n")
      .filter((line) => !line.endsWith(": unspecified")),
  ).toEqual([]);
});

test("no commit can call a text binary to hide it from review", () => {
  writeFileSync(
    join(root, "ours", ".git", "info", "attributes"),
    gatherAttributes([{ folder: "", text: "*.js binary\n" }]),
  );
  expect(git("ours", ["check-attr", "diff", "a.js"])).toBe("a.js: diff: unspecified\n");
});
