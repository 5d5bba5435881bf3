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
const C_COMMENTS = { lineComments: ["//"], blockComments: [["/*", "*/"]] as const };

const javascript: Language = {
  name: "javascript",
  ...C_COMMENTS,
  strings: [quoted("`", true), quoted('"'), quoted("'")],
  regexes: true,
  blocks: "braces",
  code: true,
};
const python: Language = {
  name: "python",
  lineComments: ["#"],
  blockComments: [],
  strings: [quoted('"""', true), quoted("'''", true), quoted('"'), quoted("'")],
  blocks: "indentation",
  code: true,
};
const ruby: Language = {
  name: "ruby",
  lineComments: ["#"],
  blockComments: [["\n=begin", "\n=end"]],
  strings: [quoted('"', true), quoted("'", true)],
  blocks: "end",
  code: true,
};
const go: Language = {
  name: "go",
  ...C_COMMENTS,
  strings: [quoted("`", true, false), quoted('"'), quoted("'")],
  blocks: "braces",
  code: true,
};
const jvm: Language = {
  name: "jvm",
  ...C_COMMENTS,
  strings: [quoted('"""', true), quoted('"'), quoted("'")],
  blocks: "braces",
  code: true,
};
const csharp: Language = {
  name: "csharp",
  ...C_COMMENTS,
  strings: [
    quoted('"""', true),
    { open: '@"', close: '"', escape: false, lines: true },
    quoted('"'),
    quoted("'"),
  ],
  blocks: "braces",
  code: true,
};
const php: Language = {
  name: "php",
  lineComments: ["//", "# "],
  blockComments: [["/*", "*/"]],
  strings: [quoted('"', true), quoted("'", true)],
  blocks: "braces",
  code: true,
};
/** YAML, TOML, .env, .properties, shell, Makefile, Dockerfile. */
const settings: Language = {
  name: "settings",
  lineComments: ["#"],
  blockComments: [],
  strings: [quoted('"'), quoted("'")],
  blocks: "indentation",
  code: false,
};
const markup: Language = {
  name: "markup",
  lineComments: [],
  blockComments: [["<!--", "-->"]],
  strings: [],
  blocks: "braces",
  code: false,
};
const plain: Language = {
  name: "plain",
  lineComments: [],
  blockComments: [],
  strings: [],
  blocks: "braces",
  code: false,
};

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
