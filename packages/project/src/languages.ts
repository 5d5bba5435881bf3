/** Languages as tests know them: what one runner tests is one language here. */
export type TestedLanguage =
  | "JavaScript"
  | "Python"
  | "Go"
  | "Rust"
  | "Java"
  | "Ruby"
  | "PHP"
  | ".NET"
  | "Elixir"
  | "Swift"
  | "Dart"
  | "C"
  | "Scala"
  | "Haskell"
  | "Clojure"
  | "Perl"
  | "Lua"
  | "R"
  | "Zig"
  | "Erlang"
  | "OCaml"
  | "Solidity";

/** Endings of code by language. Kotlin and Groovy are tested with Java; markup and settings are no code. */
const ENDINGS: Readonly<Record<TestedLanguage, string>> = {
  JavaScript: "[cm]?[jt]sx?|vue|svelte|astro|coffee",
  Python: "pyi?|pyx|ipynb",
  Go: "go",
  Rust: "rs",
  Java: "java|kts?|groovy",
  Ruby: "rb|erb|haml|slim|rake|ru",
  PHP: "php|twig",
  ".NET": "cs|fs|vb|cshtml|razor",
  Elixir: "exs?|heex|eex",
  Swift: "swift",
  Dart: "dart",
  C: "c|cc|cpp|cxx|h|hh|hpp|hxx|mm?",
  Scala: "scala|sbt",
  Haskell: "hs",
  Clojure: "clj[cs]?",
  Perl: "p[lm]",
  Lua: "lua",
  R: "r",
  Zig: "zig",
  Erlang: "[eh]rl",
  OCaml: "mli?",
  Solidity: "sol",
};

const PATTERNS = Object.entries(ENDINGS).map(
  ([language, endings]) => [language as TestedLanguage, new RegExp(`\\.(${endings})$`, "i")] as const,
);

/** Scripts that build a project in its own language. */
const BUILD_SCRIPTS = /(^|\/)[^/]*\.(gradle(\.kts)?|config\.[cm]?[jt]s)$/i;

/** The language of a file; undefined for settings, markup, data and what builds the project. */
export const findLanguage = (path: string): TestedLanguage | undefined =>
  BUILD_SCRIPTS.test(path) ? undefined : PATTERNS.find(([, pattern]) => pattern.test(path))?.[0];
