import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readReleaseSource } from "../src/releasing/release-source.ts";
import type { TreeEntry } from "../src/releasing/trees/marketplace.ts";
import { pinPages, writeMonorepo } from "../src/releasing/trees/monorepo-tree.ts";
import { OWNER_ON_MAIN } from "../src/releasing/trees/references.ts";
import { REPOSITORY } from "../src/repository.ts";
import { findOwners, findProductNames } from "./support/find-names.ts";
import { readTree } from "./support/read-tree.ts";
import { ACTIONS } from "./support/release-for.ts";

const [ACTION, WORKFLOW] = ["1".repeat(40), "2".repeat(40)];
const ACME = "acme-robotics";
const checkout = mkdtempSync(join(tmpdir(), "monorepo-"));
let before: TreeEntry[];

beforeAll(async () => {
  execFileSync("git", ["checkout-index", "--all", `--prefix=${checkout}/`], { cwd: REPOSITORY });
  before = readPages();
  const source = { ...(await readReleaseSource(REPOSITORY)), owner: ACME };
  const pins = Object.fromEntries(
    Object.entries(source.actions).map(([name, version]) => [name, { sha: ACTION, version }]),
  );
  writeMonorepo(source, pins, checkout);
  pinPages(source, pins, { sha: WORKFLOW, version: source.version }, checkout);
});
afterAll(() => rmSync(checkout, { recursive: true }));

/** What people read and runners run; sources ask `@patchpilot/owner`, and their tests read what main says. */
const readPages = (): TreeEntry[] =>
  readTree(checkout).filter(({ path }) => /(?<!\.ts)\.(?:md|ya?ml|json|txt)$/.test(path));

test(`no page names the owner on main if ${ACME} publishes`, () => {
  expect(findOwners(before, ACTIONS)).toContain(OWNER_ON_MAIN);
  expect(findOwners(readPages(), ACTIONS)).toContain(ACME);
  expect(findOwners(readPages(), ACTIONS)).not.toContain(OWNER_ON_MAIN);
});

test("the product's names are the same for every owner", () => {
  expect(findProductNames(readPages())).toEqual(findProductNames(before));
});

/** The references of `uses:` in a file that name neither a third party nor a folder. */
function readUses(path: string): string[] {
  const text = readFileSync(join(checkout, path), "utf8");
  return [...text.matchAll(/\buses: ((?:acme-robotics|patchpilot)\/.*)/g)].map(
    ([, reference = ""]) => reference,
  );
}

test.each([
  ".github/workflows/repair.yml",
  "README.md",
  "actions/repair/templates/patchpilot-task.yml",
  "actions/intake/README.md",
  "docs/examples/agent-repository.yml",
  "docs/examples/monorepo.yml",
  "docs/examples/one-app.yml",
  "docs/examples/while-open/patchpilot-tick.yml",
  "docs/examples/while-open/patchpilot.yml",
])("every `uses:` of %s names the commit of an action", (path) => {
  const uses = readUses(path);
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((line) => !/^acme-robotics\/[\w-]+@1{40} # v\d/.test(line))).toEqual([]);
});

test.each(["actions/repair/templates/patchpilot-repair.yml", "docs/runners.md"])(
  "%s names the first commit as the repair workflow's",
  (path) => {
    const workflow = `acme-robotics/patchpilot/.github/workflows/repair.yml@${WORKFLOW} # v`;
    expect(readUses(path)).toEqual([expect.stringContaining(workflow)]);
  },
);
