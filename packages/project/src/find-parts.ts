import { type BaseFiles, type BaseFolder, findFolders } from "./base-files.ts";
import { findCoveredLanguages } from "./covered-languages.ts";
import { MAKEFILES } from "./file-names.ts";
import type { TestedLanguage } from "./languages.ts";
import { makePart, type Part } from "./part.ts";
import { findDotnet, findGo, findJava, findRust, findSwift } from "./parts/compiled.ts";
import { findJavaScript } from "./parts/javascript.ts";
import { findPython, PYTHON_FILES } from "./parts/python.ts";
import { findDart, findDeno, findElixir, findPhp, findRuby } from "./parts/scripted.ts";

type Finder = {
  readonly language: TestedLanguage;
  readonly find: (folder: BaseFolder) => Promise<Part | undefined>;
  /** Names that show that a folder below another one of the same kind is independent. */
  readonly alone: RegExp;
};

/** In this order: the first part of a language in a folder counts. */
const FINDERS: readonly Finder[] = [
  {
    language: "JavaScript",
    find: findJavaScript,
    alone: /^(pnpm-lock\.yaml|yarn\.lock|package-lock\.json|npm-shrinkwrap\.json|bun\.lockb?)$/,
  },
  { language: "JavaScript", find: findDeno, alone: /^deno\.lock$/ },
  {
    language: "Python",
    find: findPython,
    alone:
      /^(uv|poetry|pdm)\.lock$|^Pipfile$|^pyproject\.toml$|^requirements.*\.txt$|^manage\.py$|^pytest\.ini$/,
  },
  { language: "Go", find: findGo, alone: /^go\.mod$/ },
  { language: "Rust", find: findRust, alone: /^Cargo\.lock$/ },
  { language: "Java", find: findJava, alone: /^(gradlew|mvnw|settings\.gradle(\.kts)?)$/ },
  { language: "Ruby", find: findRuby, alone: /^(Gemfile|gems\.rb)$/ },
  { language: "PHP", find: findPhp, alone: /^composer\.json$/ },
  { language: ".NET", find: findDotnet, alone: /\.slnx?$/ },
  { language: "Elixir", find: findElixir, alone: /^mix\.lock$/ },
  { language: "Swift", find: findSwift, alone: /^Package\.swift$/ },
  { language: "Dart", find: findDart, alone: /^pubspec\.yaml$/ },
];

const MANIFESTS = new RegExp(
  [
    PYTHON_FILES.source,
    String.raw`^(package\.json|deno\.jsonc?|go\.mod|Cargo\.toml|gradlew|mvnw|pom\.xml|build\.gradle(\.kts)?)$`,
    String.raw`^(Gemfile|gems\.rb|composer\.json|mix\.exs|Package\.swift|pubspec\.yaml)$`,
    String.raw`\.(slnx?|csproj|fsproj|vbproj)$`,
    `^(${MAKEFILES.join("|")})$`,
  ].join("|"),
);

/** Most folders that are looked into; beyond them a repository is a collection of projects. */
const MOST_FOLDERS = 150;

/**
 * The projects of a repository, by manifests and lockfiles. A project below another one of its language is the outer
 * one's, unless a file shows that it is independent; workspaces are tested from their root.
 */
export async function findParts(files: BaseFiles): Promise<Part[]> {
  const parts: Part[] = [];
  for (const folder of findFolders(files, MANIFESTS).slice(0, MOST_FOLDERS)) {
    const here: Part[] = [];
    for (const { language, find, alone } of FINDERS) {
      if (here.some((part) => part.language === language)) continue;
      const isInner = parts.some((part) => part.language === language && isBelow(folder.path, part.folder));
      if (isInner && ![...folder.names].some((name) => alone.test(name))) continue;
      const found = await find(folder);
      if (found !== undefined) here.push(found);
    }
    parts.push(...(await followScripts(here, folder, files)));
  }
  return parts;
}

/** Whether a path lies in a folder or is it. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

/** What tests come to, by way of scripts; a Makefile's `test` is the folder's word for the languages that it tests. */
async function followScripts(parts: readonly Part[], folder: BaseFolder, files: BaseFiles): Promise<Part[]> {
  const followed = await Promise.all(
    parts.map(async (part) => {
      if (part.test === undefined || part.source !== "package.json") return part;
      const covers = await findCoveredLanguages(part.test, folder.path, files);
      return covers === undefined ? part : { ...part, covers };
    }),
  );
  const makefile = MAKEFILES.find((name) => folder.names.has(name));
  if (makefile === undefined || !/^test\s*:(?!=)/m.test((await folder.read(makefile)) ?? "")) return followed;
  const covers = await findCoveredLanguages("make test", folder.path, files);
  const made = followed.map((part) =>
    part.source !== "package.json" && (covers === undefined || (part.language && covers.has(part.language)))
      ? { ...part, test: "make test", needs: [...part.needs, { program: "make" }] }
      : part,
  );
  return followed.length > 0
    ? made
    : [
        makePart({
          folder: folder.path,
          language: undefined,
          source: makefile,
          test: "make test",
          covers,
          needs: [{ program: "make" }],
          fetches: true,
        }),
      ];
}
