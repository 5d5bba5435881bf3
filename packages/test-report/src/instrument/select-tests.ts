import type { TestCase } from "../test-run.ts";
import { findLeaf, type LeafCommand, quote } from "./leaf-command.ts";
import type { TestFacts } from "./test-facts.ts";

/** Which tests to run: single ones of an earlier run, or all of some files, by their repository path. */
export type Selection = { readonly cases: readonly TestCase[] } | { readonly files: readonly string[] };

/** Most tests that one command line names. */
const MOST_NAMED = 50;

/**
 * The command that runs these tests alone, or at least few others. It is not instrumented yet, and to be run by the same
 * rules. Undefined: its runner is not known, and the whole command is what there is.
 */
export function selectTests(command: string, facts: TestFacts, selection: Selection): string | undefined {
  const chosen = "cases" in selection ? selection.cases : selection.files;
  if (chosen.length === 0 || chosen.length > MOST_NAMED) return undefined;
  const leaf = findLeaf(command, facts);
  if (leaf === undefined) return undefined;
  for (const [runs, select] of RUNNERS)
    if (runs.test(leaf.words.slice(0, 4).join(" "))) return select(leaf, selection);
  return undefined;
}

type Select = (leaf: LeafCommand, selection: Selection) => string | undefined;

/** Names that could be taken for options, or for more than one test, are left to the whole run. */
const isPlain = (name: string): boolean => name !== "" && !name.startsWith("-") && name.length < 500;

function listFiles(selection: Selection): string[] | undefined {
  const files = "files" in selection ? selection.files : selection.cases.map(({ file }) => file);
  const known = files.flatMap((file) => file ?? []);
  return known.length === files.length && known.every(isPlain) ? [...new Set(known)] : undefined;
}

/** A runner that takes files as its arguments; one that has some already would run those as well. */
const byFiles =
  (options: RegExp): Select =>
  (leaf, selection) => {
    const files = listFiles(selection);
    const own = leaf.words.slice(1).filter((word) => !options.test(word));
    return files === undefined || own.length > 0 ? undefined : leaf.append(files);
  };

const byPytest: Select = (leaf, selection) => {
  const names = "files" in selection ? selection.files : selection.cases.map(({ id }) => id);
  if (!names.every(isPlain)) return undefined;
  const at = leaf.words.findIndex((word) => /^(py\.test|pytest)$|\/pytest$/.test(word));
  return leaf.words.slice(at + 1).every((word) => word.startsWith("-") && word !== "-k" && word !== "-m")
    ? leaf.append(names)
    : undefined;
};

/** Names with dots: of a test, or of the module that a file is. What has arguments already is no plain call. */
const byUnittest: Select = (leaf, selection) => {
  const names =
    "files" in selection
      ? selection.files.map((file) => (file.endsWith(".py") ? file.slice(0, -3).replaceAll("/", ".") : ""))
      : selection.cases.map(({ id }) => id);
  const at = leaf.words.findIndex((word) => /^unittest$|^test$/.test(word));
  const hasOptionsAlone = leaf.words
    .slice(at + 1)
    .every((word) =>
      /^(-[vqfbc]+|--(verbose|quiet|failfast|buffer|noinput|no-input)|--\w[\w-]*=\S+)$/.test(word),
    );
  return hasOptionsAlone && names.every((name) => /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name))
    ? leaf.append([...new Set(names)])
    : undefined;
};

/** Packages and tests of Go: `example.com/shop/cart TestTotal/none`. */
const byGo: Select = (leaf, selection) => {
  if ("files" in selection) {
    const folders = selection.files.map((file) => `./${file.replace(/[^/]*$/, "")}`);
    return `go test ${[...new Set(folders)].map(quote).join(" ")}`;
  }
  const named = selection.cases.map(({ id }) => id.split(" "));
  const packages = [...new Set(named.map(([name = ""]) => name))];
  const tests = named.map(([, test]) => test?.split("/")[0]);
  if (tests.includes(undefined) || leaf.words.includes("-run") || packages.some((name) => !isPlain(name)))
    return undefined;
  const pattern = `^(${[...new Set(tests)].join("|")})$`;
  return `go test -run ${quote(pattern)} ${packages.map(quote).join(" ")}`;
};

const byCargo: Select = (leaf, selection) => {
  if ("files" in selection || leaf.words.includes("--")) return undefined;
  const names = selection.cases.map(({ id }) => id);
  return names.every((name) => /^[\w:]+$/.test(name)) ? leaf.append(["--", "--exact", ...names]) : undefined;
};

/** Classes and methods: `shop.CartTest#total`. Parameters go with their method. */
const readJavaNames = (selection: Selection): (readonly [string, string])[] =>
  "files" in selection
    ? selection.files.map((file) => [/([^/]+)\.\w+$/.exec(file)?.[1] ?? "", ""] as const)
    : selection.cases.map(({ id }) => {
        const [type = "", method = ""] = id.split("#");
        return [type, /^\w+/.exec(method)?.[0] ?? ""] as const;
      });

const byMaven: Select = (leaf, selection) => {
  const names = readJavaNames(selection);
  if (!names.every(([type]) => /^[\w.$]+$/.test(type))) return undefined;
  const tests = [...new Set(names.map(([type, method]) => (method === "" ? type : `${type}#${method}`)))];
  return leaf.append([
    `-Dtest=${tests.join(",")}`,
    "-DfailIfNoTests=false",
    "-Dsurefire.failIfNoSpecifiedTests=false",
  ]);
};

const byGradle: Select = (leaf, selection) => {
  const names = readJavaNames(selection);
  if (leaf.words.at(-1) !== "test" || !names.every(([type]) => /^[\w.$]+$/.test(type))) return undefined;
  const tests = [
    ...new Set(names.map(([type, method]) => (method === "" ? `*${type}` : `${type}.${method}`))),
  ];
  return leaf.append(tests.flatMap((test) => ["--tests", test]));
};

const RUNNERS: readonly (readonly [RegExp, Select])[] = [
  [/^(python3? -m )?(\S*\/)?(pytest|py\.test)\b/, byPytest],
  [/^(\S+ )*python[\d.]* -m unittest\b|^(\S*\/?python[\d.]* )?(\S*\/)?manage\.py test\b/, byUnittest],
  [/^go test\b/, byGo],
  [/^cargo (\+\S+ )?(t|test)\b/, byCargo],
  [/^vitest\b/, byFiles(/^(run$|-)/)],
  [/^jest\b/, byFiles(/^-/)],
  [/^node\b.* --test\b|^node --test\b/, byFiles(/^-/)],
  [/^(\S*\/)?mvnw?\b/, byMaven],
  [/^(\S*\/)?gradlew?\b/, byGradle],
];
