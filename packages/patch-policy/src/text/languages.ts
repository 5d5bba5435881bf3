/** How a language writes comments and strings; enough to tell code from text, not to parse it. */
export type Language = {
  readonly name: string;
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** The longest opening first. */
  readonly strings: readonly StringForm[];
  /** JavaScript's `/…/`. */
  readonly regexes?: true;
  /** Blocks by indentation, or ended by the word `end`; else braces. */
  readonly blocks: "braces" | "indentation" | "end";
  /** A program, whose tokens do the work of a patch; else settings or documents. */
  readonly code: boolean;
};

type StringForm = {
  readonly open: string;
  readonly close: string;
  readonly escape: boolean;
  readonly lines: boolean;
};

const quoted = (quote: string, lines = false, escapes = true): StringForm => ({
  open: quote,
  close: quote,
  escape: escapes,
  lines,
});
/** A program with blocks in braces and the comments of C, unless it says otherwise. */
const program = (name: string, strings: Language["strings"], more: Partial<Language> = {}): Language => ({
  name,
  lineComments: ["//"],
  blockComments: [["/*", "*/"]],
  strings,
  blocks: "braces",
  code: true,
  ...more,
});
const SIMPLE = [quoted('"'), quoted("'")];
const SIMPLE_OF_LINES = [quoted('"', true), quoted("'", true)];

const javascript = program("javascript", [quoted("`", true), ...SIMPLE], { regexes: true });
const python = program("python", [quoted('"""', true), quoted("'''", true), ...SIMPLE], {
  lineComments: ["#"],
  blockComments: [],
  blocks: "indentation",
});
const ruby = program("ruby", SIMPLE_OF_LINES, {
  lineComments: ["#"],
  blockComments: [["\n=begin", "\n=end"]],
  blocks: "end",
});
const go = program("go", [quoted("`", true, false), ...SIMPLE]);
const jvm = program("jvm", [quoted('"""', true), ...SIMPLE]);
const verbatim = { open: '@"', close: '"', escape: false, lines: true };
const csharp = program("csharp", [quoted('"""', true), verbatim, ...SIMPLE]);
const php = program("php", SIMPLE_OF_LINES, { lineComments: ["//", "# "] });

/** Text that no program runs, without comments or strings unless it says otherwise. */
const text = (name: string, more: Partial<Language> = {}): Language => ({
  name,
  lineComments: [],
  blockComments: [],
  strings: [],
  blocks: "braces",
  code: false,
  ...more,
});
/** YAML, TOML, .env, .properties, shell, Makefile, Dockerfile. */
const settings = text("settings", { lineComments: ["#"], strings: SIMPLE, blocks: "indentation" });
const markup = text("markup", { blockComments: [["<!--", "-->"]] });
const plain = text("plain");

const BY_EXTENSION: Readonly<Record<string, Language>> = Object.fromEntries(
  (
    [
      [javascript, "js jsx mjs cjs ts tsx mts cts vue svelte astro json json5 jsonc"],
      [python, "py pyi"],
      [ruby, "rb rake gemspec ru"],
      [go, "go"],
      [jvm, "java kt kts scala groovy gradle"],
      [csharp, "cs"],
      [php, "php phtml"],
      [settings, "yml yaml toml ini cfg conf env properties sh bash zsh mk tf"],
      [markup, "html htm xml csproj props config"],
    ] as const
  ).flatMap(([language, names]) => names.split(" ").map((name) => [name, language])),
);

/** The language of a file by its name. Pure. */
export function pickLanguage(path: string): Language {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^(?:\.env|dockerfile|makefile|procfile)/.test(name)) return settings;
  if (/^(?:gemfile|rakefile|guardfile)$/.test(name)) return ruby;
  return BY_EXTENSION[name.slice(name.lastIndexOf(".") + 1)] ?? plain;
}
