import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReleaseSource } from "../release-source.ts";
import type { Pin, Pins } from "./references.ts";

const WORKFLOW = ".github/workflows/repair.yml";

/** Writes the owner into a checkout of the source commit, and pins every action that the repair workflow uses. */
export function writeMonorepo(source: ReleaseSource, pins: Pins, folder: string): void {
  rewrite(join(folder, WORKFLOW), (text) => pinActions(text, source.owner, pins));
}

/** Pins what templates, examples and the README use: actions, and the repair workflow of the first commit. */
export function pinPages(source: ReleaseSource, pins: Pins, workflow: Pin, folder: string): void {
  const pages = [
    "README.md",
    ...globSync(["actions/*/templates/*.yml", "docs/examples/*.yml"], { cwd: folder }),
  ];
  for (const page of pages)
    rewrite(join(folder, page), (text) =>
      pinActions(text, source.owner, pins).replaceAll(
        `patchpilot/patchpilot/${WORKFLOW}@v1`,
        `${source.owner}/patchpilot/${WORKFLOW}@${workflow.sha} # v${workflow.version}`,
      ),
    );
}

function pinActions(text: string, owner: string, pins: Pins): string {
  return text.replace(/(uses:\s*)patchpilot\/([\w-]+)@v1/g, (whole, uses: string, action: string) => {
    const pin = pins[action];
    return pin === undefined ? whole : `${uses}${owner}/${action}@${pin.sha} # v${pin.version}`;
  });
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
