import { foldForMatching } from "./matching.ts";

/** What is compared: texts that are clean already. */
export type Comparable = {
  readonly signature: string;
  readonly files: readonly string[];
  /** Further words: a title, a cause. */
  readonly words?: string;
};

export type Similarity = {
  /** 0: nothing in common; 1: the same signature. */
  readonly score: number;
  readonly reasons: readonly string[];
};

/** Below this two incidents share words and no cause. */
const LEAST_SIMILARITY = 0.35;

const WEIGHT = { type: 0.15, files: 0.45, words: 0.4 } as const;

/**
 * How alike an incident and a past one are: the same signature, else the type, the files that both touch and the
 * words that both use (Jaccard indices, weighted). A hint for readers; nothing is decided by it.
 */
export function compareIncidents(one: Comparable, other: Comparable): Similarity {
  if (one.signature !== "" && one.signature === other.signature)
    return { score: 1, reasons: ["the same signature"] };
  const sameType = parseType(one.signature) !== "" && parseType(one.signature) === parseType(other.signature);
  const files = new Set(one.files.filter((file) => other.files.includes(file)));
  const fileShare = jaccard(new Set(one.files), new Set(other.files));
  const words = collectWords(one);
  const otherWords = collectWords(other);
  const shared = [...words].filter((word) => otherWords.has(word));
  const wordShare = jaccard(words, otherWords);
  const score = WEIGHT.files * fileShare + WEIGHT.words * wordShare + (sameType ? WEIGHT.type : 0);
  const reasons = [
    ...(sameType ? [`both are ${parseType(one.signature)}`] : []),
    ...(files.size > 0
      ? [`the same ${files.size === 1 ? "file" : "files"}: ${[...files].slice(0, 3).join(", ")}`]
      : []),
    ...(wordShare >= 0.3 ? [`the same words: ${shared.slice(0, 5).join(", ")}`] : []),
  ];
  return { score: Math.round(score * 100) / 100, reasons };
}

/** The most similar past incidents, best first, only those worth showing. */
export function findSimilar<T extends Comparable>(
  incident: Comparable,
  past: readonly T[],
  most: number,
): { readonly past: T; readonly similarity: Similarity }[] {
  return past
    .map((one) => ({ past: one, similarity: compareIncidents(incident, one) }))
    .filter(({ similarity }) => similarity.score >= LEAST_SIMILARITY)
    .sort((a, b) => b.similarity.score - a.similarity.score)
    .slice(0, most);
}

const parseType = (signature: string): string => /^[\w$.:]{3,100}(?= |$)/.exec(signature)?.[0] ?? "";

function collectWords(one: Comparable): Set<string> {
  const words = foldForMatching(`${one.signature} ${one.words ?? ""}`).match(/[a-z][a-z0-9_]{2,40}/g) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)).slice(0, 200));
}

const COMMON = new Set(
  "error the and for with from that this not cannot src lib app index undefined null".split(" "),
);

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  const shared = [...one].filter((entry) => other.has(entry)).length;
  return shared / (one.size + other.size - shared);
}
