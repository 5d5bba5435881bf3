import type { TestFacts } from "./instrument.ts";

/** The runner that a test command comes to, and how it gets further arguments. */
export type LeafCommand = {
  /** Words of the runner's own command, without variables and `npx`. */
  readonly words: readonly string[];
  /** The whole command with further arguments for the runner. */
  readonly append: (args: readonly string[]) => string;
};

/** How package managers hand arguments to a script. */
const BY_SCRIPT =
  /^(npm|pnpm|yarn|bun)(?: (?:--silent|-s|--if-present))*(?: run)?(?: (?:--silent|-s|--if-present))* (test|t|[\w:.-]*test[\w:.-]*)( --)?$/;

/** Anything by which a shell would do more than start one program. */
const NOT_PLAIN = /[|;<>&$`#\\(){}\n]|^\s*!/;

/**
 * Finds the runner where appending is certain to reach it: the command, or the script of package.json that it names,
 * ends with one plain call. Undefined: it is not certain.
 */
export function findLeaf(command: string, facts: TestFacts): LeafCommand | undefined {
  const trimmed = command.trim();
  const [, manager = "", script] = BY_SCRIPT.exec(trimmed) ?? [];
  if (script === undefined) {
    const words = readLastCall(trimmed);
    return words && { words, append: (args) => `${trimmed} ${args.map(quote).join(" ")}` };
  }
  const text = readScript(facts.manifest, script === "t" ? "test" : script);
  const words = text === undefined ? undefined : readLastCall(text);
  if (words === undefined) return undefined;
  const between = manager === "npm" && !trimmed.endsWith(" --") ? " --" : "";
  return { words, append: (args) => `${trimmed}${between} ${args.map(quote).join(" ")}` };
}

/** The words of the last of several commands in a row; what stands before it has to be green for it to run. */
function readLastCall(text: string): string[] | undefined {
  const last = text.split("&&").at(-1)?.trim() ?? "";
  if (text.split("&&").some((part) => NOT_PLAIN.test(part))) return undefined;
  const words = (last.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map((word) =>
    word.replace(/^(["'])(.*)\1$/, "$2"),
  );
  const first = words.findIndex(
    (word) => !/^\w+=/.test(word) && !["npx", "cross-env", "exec", "--", "env", "bunx"].includes(word),
  );
  // `dotenv -e FILE -- runner` and the like are not looked through.
  return first < 0 ? undefined : words.slice(first);
}

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
