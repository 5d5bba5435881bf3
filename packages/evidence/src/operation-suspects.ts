import type { SuspectFile } from "./suspects.ts";

/** What is known of an operation that became slow: its names, hostile text, and what came with it. */
export type OperationFacts = {
  /** Transaction and description: `GET /api/checkout`, `SELECT … FROM coupons`. */
  readonly names: readonly string[];
  /** Files that the release brought which came when it became slow; empty where none is known. */
  readonly changed: readonly string[];
  /** Every file of the repository. */
  readonly files: readonly string[];
  readonly most: number;
  /** When they changed, as the end of a sentence: "with the release that came when it became slow". */
  readonly period: string;
};

/** A changed file outranks every name: names that resemble each other prove nothing. */
const WEIGHT = { changed: 100, name: 10, place: 5 } as const;
/** An unchanged file has to share this many words with the operation, or its only one. */
const LEAST_WORDS = 2;

/**
 * Ranks the files that may make an operation slow, each with its reasons: changed with it, a path that names what the
 * operation names, and for both a place where requests or queries are served. Tests, documents and lock files make
 * nothing slow. Pure.
 */
export function rankFilesOfOperation(facts: OperationFacts): SuspectFile[] {
  const words = listWords(facts.names);
  const changed = new Set(facts.changed.filter(mayBeSlow));
  const paths = new Set([...changed, ...(words.size > 0 ? facts.files.filter(mayBeSlow) : [])]);
  return [...paths]
    .flatMap((file): SuspectFile[] => {
      const shared = sharedWords(words, file);
      const isChanged = changed.has(file);
      if (!isChanged && shared.length < Math.min(LEAST_WORDS, words.size)) return [];
      const score =
        (isChanged ? WEIGHT.changed : 0) + WEIGHT.name * shared.length + (isServing(file) ? WEIGHT.place : 0);
      const reasons = [
        ...(isChanged ? [`changed ${facts.period}`] : []),
        ...(shared.length > 0 ? [`its path names ${shared.slice(0, 4).join(", ")}`] : []),
      ];
      return [{ file, line: null, crashed: false, score, reasons }];
    })
    .sort((a, b) => b.score - a.score || a.file.length - b.file.length || a.file.localeCompare(b.file))
    .slice(0, facts.most);
}

const NO_CAUSE =
  /(^|\/)(node_modules|vendor|dist|build|docs?|\.github|__tests__|__mocks__|tests?|spec|fixtures|e2e)\/|\.(test|spec|stories)\.\w+$|\.(md|mdx|txt|png|jpe?g|gif|svg|ico|webp|woff2?|map|snap|lock|css|scss)$|(^|\/)(package-lock\.json|pnpm-lock\.yaml|LICENSE|\.[\w.-]+)$/i;

const mayBeSlow = (file: string): boolean => !NO_CAUSE.test(file);

const SERVING =
  /(^|\/)(api|app|pages|routes?|controllers?|handlers?|resolvers?|server|services?|queries|models?|migrations?|db|sql|prisma)\//i;

const isServing = (file: string): boolean => SERVING.test(file);

/** Words that every operation or every repository has. */
const COMMON = new Set(
  "get post put patch delete head options http https api rest graphql src app lib pages page route routes index server client main the and from where select insert into update set join left inner outer limit values not null null as on is in like count max min sum distinct returning public id ids html json www com ms js ts tsx jsx mjs py rb go java php".split(
    " ",
  ),
);

/** Shops have orders, and users groups: of a query only these two are its own words. */
const SORTING = /\b(?:order|group)\s+by\b/gi;

/** What the operation names: parts of its route, tables of its query; no parameters, ids or numbers. At most 40. */
function listWords(names: readonly string[]): ReadonlySet<string> {
  const words = names.flatMap((name) => splitWords(name.slice(0, 2000).replace(SORTING, " ")));
  return new Set(words.filter((word) => !COMMON.has(word)).slice(0, 40));
}

function sharedWords(words: ReadonlySet<string>, file: string): string[] {
  const own = new Set(splitWords(file));
  return [...words].filter((word) => own.has(word));
}

/** Lower-case words of at least three letters, without a plural's s; camelCase and snake_case are taken apart. */
function splitWords(text: string): string[] {
  const parts = text.replace(/([a-z])([A-Z])/g, "$1 $2").match(/[A-Za-z]{3,40}/g) ?? [];
  return parts
    .map((part) => part.toLowerCase())
    .map((part) => (part.length > 3 ? part.replace(/s$/, "") : part));
}
