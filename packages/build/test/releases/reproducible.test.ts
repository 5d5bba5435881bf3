import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scriptBytes } from "../../src/bundling/build-bundle.ts";
import { SIZE_LIMIT } from "../../src/bundling/size-limit.ts";
import { actionFolders, REPOSITORY } from "../../src/repository.ts";
import { copyInstalled } from "../support/copy-installed.ts";

const actions = actionFolders().map((folder) => basename(folder));
// Another name and another depth than this repository's, so that a path that got into a bundle would show.
const elsewhere = mkdtempSync(join(tmpdir(), "a-folder-with-quite-another-name-"));
beforeAll(() => {
  const wanted = actions.map((action) => ({ folder: join("actions", action) }));
  const tools = { folder: "packages/build", dependencies: ["@vercel/ncc", "oxc-minify"] };
  copyInstalled(REPOSITORY, [...wanted, tools], elsewhere);
});
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

/** Bundles with the copy's own tools, because their place has a say in the names of modules. */
const bundleIn = (folder: string) =>
  promisify(execFile)(process.execPath, ["--conditions=source", "../../packages/build/src/bundle.ts"], {
    cwd: folder,
  });

/** The files of a bundle on disk. */
const shippedIn = (folder: string) =>
  new Map(
    readdirSync(join(folder, "dist"))
      .sort()
      .map((name) => [name, readFileSync(join(folder, "dist", name))]),
  );

test.each(actions)("`%s` is bundled to the same bytes in another folder", async (action) => {
  const copy = join(elsewhere, "actions", action);
  await bundleIn(copy);
  const [here, there] = [shippedIn(join(REPOSITORY, "actions", action)), shippedIn(copy)];
  expect([...there.keys()]).toEqual([...here.keys()]);
  for (const [name, content] of here) expect(there.get(name)?.equals(content), name).toBe(true);
});

test.each(actions)("the bundle of `%s` is not too large", (action) => {
  expect(scriptBytes(shippedIn(join(REPOSITORY, "actions", action)))).toBeLessThanOrEqual(SIZE_LIMIT);
});
