import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { actionFolders } from "../repository.ts";
import { pageFiles } from "./page-files.ts";

const section = (name: string): string => `<!-- generated:${name} -->\n<!-- /generated -->\n`;
const PLAN = ["picture", "actions", "packages", "makers"].map(section).join("\n");
const PROTOCOL = ["phases", "clocks"].map(section).join("\n");

/** A repository with one package, `house`, and these files. */
function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const manifest = JSON.stringify({ name: "@patchpilot/house", description: "Keeps the rain out." });
  const all = { "packages/house/package.json": manifest, "actions/.keep": "", ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const pagesOf = (files: Readonly<Record<string, string>>) =>
  pageFiles(repositoryWith(files), actionFolders());

test("the plan, the protocol and each package's README get what the code says", async () => {
  const readme = `# house\n\n${section("head")}`;
  const files = await pagesOf({
    "docs/architecture.md": PLAN,
    "docs/protocol.md": PROTOCOL,
    "packages/house/README.md": readme,
  });
  expect(files.map(({ text }) => text)).toEqual([
    expect.stringContaining("flowchart TD"),
    expect.stringContaining("`lease-minutes`"),
    expect.stringContaining("Keeps the rain out."),
  ]);
});

test("a package without a README is named, with what to write", async () => {
  const pages = pagesOf({ "docs/architecture.md": PLAN, "docs/protocol.md": PROTOCOL });
  await expect(pages).rejects.toThrow(/packages\/house\/README\.md is missing; write/);
});

test("a page that has lost the place of a table is named with the place", async () => {
  const pages = pagesOf({ "docs/architecture.md": section("picture"), "docs/protocol.md": PROTOCOL });
  await expect(pages).rejects.toThrow(/docs\/architecture\.md cannot be filled in: .*generated:makers/);
});
