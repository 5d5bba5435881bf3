import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A text file of the repository, by its path from the root. */
export type Text = { readonly path: string; readonly text: string };

const PATTERNS = ["*.md", "{.changeset,docs,packages,actions}/**/*.{md,ts,mjs,js,yml}", ".github/**/*.yml"];
/** What is installed, built, or there for tests to read. */
const NOT_OURS = ["node_modules", "dist", "lib", "fixtures", "patches", "proof-corpus/cases"];

/** Everything that people write here: pages, workflows and code. */
export function readTexts(repository: string): Text[] {
  return globSync(PATTERNS, { cwd: repository, exclude: NOT_OURS.map((name) => `**/${name}`) })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
}

const GENERATED = /<!-- generated:[\w-]+ -->[\s\S]*?<!-- \/generated -->/g;

/** A page without its generated sections: their words belong to the code that they come from. */
export const writtenByHand = (text: string): string => text.replace(GENERATED, "");

/** A text with its lines put together, comments too: a phrase may be broken anywhere. */
export const unwrapped = (text: string): string => text.replace(/\n\s*(?:\*(?!\/)|\/\/)?\s*/g, " ");
