import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { type TestGit, testGit } from "@patchpilot/git/testing";
import { BUNDLED_PACKAGES } from "../../src/bundling/bundled-packages.ts";
import { actionFolders, REPOSITORY } from "../../src/repository.ts";
import { copyRepository, setVersions } from "./copy-repository.ts";

type Checkout = { readonly folder: string; readonly git: TestGit };

const DATE = "2026-11-29T12:00:00Z";

/** This repository as a checkout of one commit, with one version and the bundles that are built here. */
export function makeCheckout(folder: string, version: string): Checkout {
  copyRepository(folder);
  setVersions(folder, version);
  for (const action of actionFolders().map((path) => basename(path)))
    for (const built of ["dist", BUNDLED_PACKAGES])
      cpSync(join(REPOSITORY, "actions", action, built), join(folder, "actions", action, built), {
        recursive: true,
      });
  const git = testGit(folder, { GIT_AUTHOR_DATE: DATE, GIT_COMMITTER_DATE: DATE });
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["add", "--all"]);
  git(["commit", "--quiet", "--message", "everything"]);
  return { folder, git };
}
