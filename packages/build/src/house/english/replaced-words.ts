/** An expression that we replace, and how often the repository still has it: that number may only fall. */
export type Replaced = {
  readonly name: string;
  readonly pattern: RegExp;
  readonly instead: string;
  readonly atMost: number;
};

const replaced = (name: string, words: RegExp, instead: string, atMost: number): Replaced => ({
  name,
  pattern: new RegExp(`\\b(?:${words.source})\\b`, "gi"),
  instead,
  atMost,
});

/** English words in another language's syntax, with what a native writer would say. */
export const REPLACED_WORDS: readonly Replaced[] = [
  replaced("told", /told/, "reported, said or given", 336),
  replaced("tells", /tells/, "says, reports or shows", 140),
  replaced("stands", /stands?|stood/, "is", 282),
  replaced("a person", /a person/, "you, someone or a maintainer", 300),
  replaced("goes on", /(?:go|goes|going|went) on/, "continues", 91),
  replaced("of ours", /of ours/, "our", 39),
  replaced("of its own", /of (?:its|their|one's) own/, "its own", 86),
  replaced("so that", /so that/, "so, or to", 160),
  replaced("for want of", /for want of/, "without", 6),
  replaced("whoever", /whoever/, "anyone who, or the one who", 52),
];
