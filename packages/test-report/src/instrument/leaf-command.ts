import type { TestFacts } from "./test-facts.ts";

/** The runner that a test command comes to, and how it gets further arguments. */
export type LeafCommand = {
  /** Words of the runner's own command, without variables and `npx`. */
  readonly words: readonly string[];
  /** The whole command with further arguments for the runner. */
  readonly append: (args: readonly string[]) => string;
};

/** A script of package.json, and what its package manager hands on to it. */
const BY_SCRIPT =
  /^(npm|pnpm|yarn|bun)(?: (?:--silent|-s|--if-present))*(?: run)?(?: (?:--silent|-s|--if-present))* (test|t|[\w:.-]*test[\w:.-]*)((?: .*)?)$/;

/** Anything by which a shell would do more than start one program. */
const NOT_PLAIN = /[|;<>&$`#\\(){}\n]|^\s*!/;

/**
 * Finds the runner where appending is certain to reach it: the command, or the script of package.json that it names,
 * ends with one plain call. Undefined: it is not certain.
 */
export function findLeaf(command: string, facts: TestFacts): LeafCommand | undefined {
  const trimmed = command.trim();
  const [, manager = "", script, handed = ""] = BY_SCRIPT.exec(trimmed) ?? [];
  if (script === undefined) {
    const words = readLastCall(trimmed);
    return words && { words, append: (args) => `${trimmed} ${args.map(quote).join(" ")}` };
  }
  const text = readScript(facts.manifest, script === "t" ? "test" : script);
  const own = text === undefined ? undefined : readLastCall(text);
  const more = readHanded(manager, handed);
  if (own === undefined || more === undefined) return undefined;
  const between = manager === "npm" && !/^ --( |$)/.test(handed) ? " --" : "";
  return { words: [...own, ...more], append: (args) => `${trimmed}${between} ${args.map(quote).join(" ")}` };
}

/**
 * The words that a script gets from its package manager. npm keeps options for itself up to `--`; of the others, some
 * hand `--` on, after which a runner takes options for files.
 */
function readHanded(manager: string, handed: string): string[] | undefined {
  if (!isPlain(handed)) return undefined;
  const words = splitWords(handed);
  if (manager !== "npm") return words.includes("--") ? undefined : words;
  if (words[0] === "--") return words.slice(1);
  return words.some((word) => word.startsWith("-")) ? undefined : words;
}

/** The words of the last of several commands in a row; what comes before it has to be green for it to run. */
function readLastCall(text: string): string[] | undefined {
  const calls = text.split("&&");
  if (!calls.every(isPlain)) return undefined;
  const words = splitWords(calls.at(-1) ?? "");
  const first = words.findIndex(
    (word) => !/^\w+=/.test(word) && !["npx", "cross-env", "exec", "--", "env", "bunx"].includes(word),
  );
  // `dotenv -e FILE -- runner` and the like are not looked through.
  return first < 0 ? undefined : words.slice(first);
}

/** Parts of a word that quotes take for what they are; `\'` is how `quote` writes a single quote. */
const QUOTED = /"[^"]*"|'[^']*'|\\'/g;

/** Nothing means anything to a shell between single quotes; a quote that is left over belongs to what was cut off. */
function isPlain(call: string): boolean {
  const open = call.replace(QUOTED, (quoted) => (quoted.startsWith('"') ? quoted.slice(1, -1) : ""));
  return !NOT_PLAIN.test(open) && !/["']/.test(call.replace(QUOTED, ""));
}

const splitWords = (call: string): string[] =>
  (call.match(/(?:"[^"]*"|'[^']*'|\\'|[^\s"'])+/g) ?? []).map((word) =>
    word.replace(QUOTED, (quoted) => (quoted === "\\'" ? "'" : quoted.slice(1, -1))),
  );

function readScript(manifest: string | undefined, name: string): string | undefined {
  try {
    const { scripts } = JSON.parse(manifest ?? "{}") as { scripts?: Record<string, unknown> };
    const script = scripts?.[name];
    return typeof script === "string" ? script : undefined;
  } catch {
    return undefined;
  }
}

/** A word for bash. */
export const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
