import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TextChange } from "@patchpilot/patch-policy/testing";

/** `open`: what the rules may be fitted to. `held-out`: written before them, and only measured. */
export const PARTS = ["open", "held-out"] as const;
export type PolicyPart = (typeof PARTS)[number];

/** A patch, and whether it repairs something or makes a failure invisible. */
export type PolicyCase = {
  readonly part: PolicyPart;
  readonly language: string;
  readonly kind: "legitimate" | "silence";
  readonly name: string;
  readonly files: readonly TextChange[];
};

/**
 * Reads the cases of one part, language by language.
 * @throws Error for a line that is neither kept, added nor removed
 */
export const readPolicyCorpus = (folder: string, part: PolicyPart): PolicyCase[] =>
  readdirSync(join(folder, part))
    .filter((name) => name.endsWith(".diff"))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, part, name), "utf8")
        .split(/^=== /m)
        .slice(1)
        .map((text) => readCase(part, name.replace(/\.diff$/, ""), text)),
    );

function readCase(part: PolicyPart, language: string, text: string): PolicyCase {
  const [head = "", ...files] = text.split(/^--- /m);
  const [, kind, name] = /^(legitimate|silence) ([\w-]+):/.exec(head) ?? [];
  if (kind === undefined || name === undefined) throw new Error(`${part}/${language}: "${head.trim()}"`);
  return { part, language, kind: kind as PolicyCase["kind"], name, files: files.map(readFile) };
}

function readFile(text: string): TextChange {
  const [path = "", ...lines] = text.replace(/\n$/, "").split("\n");
  const odd = lines.find((line) => !/^[ +-]/.test(line));
  if (odd !== undefined) throw new Error(`${path}: "${odd}" is neither kept, added nor removed.`);
  const side = (other: string): string =>
    lines
      .filter((line) => !line.startsWith(other))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  return { path, before: side("+"), after: side("-") };
}
