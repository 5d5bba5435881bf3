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
  /** A file of a component: a program in `<script>`, and a template with expressions. */
  readonly component?: true;
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
/** A quote that is a character by itself opens nothing. */
const character = (written: string): StringForm => ({ open: written, close: "", escape: false, lines: false });
const raw = (open: string, close: string): StringForm => ({ open, close, escape: false, lines: true });
const rust = program("rust", [
  raw('r##"', '"##'),
  raw('r#"', '"#'),
  raw('r"', '"'),
  character("'\"'"),
  character("'\\\"'"),
  quoted('"', true),
]);
const swift = program("swift", [quoted('"""', true), quoted('"')]);
const scala = program("scala", [quoted('"""', true), character("'\"'"), quoted('"')]);
const dart = program("dart", [quoted("'''", true), quoted('"""', true), ...SIMPLE]);
const elixir = program("elixir", [quoted('"""', true), character('?"'), ...SIMPLE], {
  lineComments: ["#"],
  blockComments: [],
  blocks: "end",
});
const component: Language = { ...javascript, component: true };
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
      [javascript, "js jsx mjs cjs ts tsx mts cts json json5 jsonc"],
      [component, "vue svelte astro"],
      [python, "py pyi"],
      [ruby, "rb rake gemspec ru"],
      [go, "go"],
      [jvm, "java kt kts groovy gradle"],
      [scala, "scala sc"],
      [rust, "rs"],
      [swift, "swift"],
      [dart, "dart"],
      [elixir, "ex exs"],
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

/** Languages whose programs no rule reads, by the extension of their files. */
const NOT_READ: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ["C", "c h"],
      ["C++", "cc cpp cxx hh hpp hxx"],
      ["Objective-C", "m mm"],
      ["Haskell", "hs"],
      ["OCaml", "ml mli"],
      ["F#", "fs fsx"],
      ["Visual Basic", "vb"],
      ["Clojure", "clj cljs cljc"],
      ["Erlang", "erl hrl"],
      ["Gleam", "gleam"],
      ["Lua", "lua"],
      ["Perl", "pl pm"],
      ["R", "r"],
      ["Julia", "jl"],
      ["Zig", "zig"],
      ["Nim", "nim"],
      ["Crystal", "cr"],
      ["D", "d"],
      ["Elm", "elm"],
      ["CoffeeScript", "coffee"],
      ["Solidity", "sol"],
      ["SQL", "sql"],
      ["PowerShell", "ps1 psm1"],
      ["COBOL", "cob cbl"],
      ["Fortran", "f90 f95"],
      ["templates", "erb haml slim ejs hbs jinja j2 twig heex eex leex liquid blade razor cshtml"],
    ] as const
  ).flatMap(([language, names]) => names.split(" ").map((name) => [name, language])),
);

/** The name of a file's language that no rule reads; undefined where it is read, or is none. Pure. */
export function nameUnreadLanguage(path: string): string | undefined {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(NOT_READ, extension) ? NOT_READ[extension] : undefined;
}
