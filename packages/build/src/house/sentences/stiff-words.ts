/** An expression that no sentence for users has, with what a native writer would say. */
export type StiffWord = { readonly name: string; readonly pattern: RegExp; readonly instead: string };

const stiff = (name: string, words: RegExp, instead: string): StiffWord => ({
  name,
  pattern: new RegExp(`\\b(?:${words.source})\\b`, "i"),
  instead,
});

/** English words in another language's syntax, and words that nobody says at three in the morning. */
export const STIFF_WORDS: readonly StiffWord[] = [
  stiff("told", /told/, "reported, said or given"),
  stiff("tells", /tells?/, "says, reports or shows"),
  stiff("stands", /stands?|stood/, "is"),
  stiff("a person", /a person|(?<!^)persons/, "you, someone or a maintainer"),
  stiff("goes on", /(?:go|goes|going|went) on/, "continues"),
  stiff("of ours", /of ours/, "our"),
  stiff("of its own", /of (?:its|their|one's) own/, "its own"),
  stiff("so that", /so that/, "so, or to"),
  stiff("for want of", /for want of/, "without"),
  stiff("whoever", /whoever|whatever|wherever|whomever/, "anyone who, or the one who"),
  stiff("somebody", /somebody|anybody|everybody/, "someone, anyone, everyone"),
  stiff("nobody", /nobody/, "no one"),
  stiff("is to be", /(?:is|are|was|were) to be/, "must be, or will be"),
  stiff("thereby", /thereby|thereof|therein|hereby|whereby|hence|thus/, "so"),
  stiff("all the same", /all the same/, "anyway"),
  stiff("meanwhile", /meanwhile/, "in the meantime, or leave it out"),
  stiff("no longer any", /any more/, "no longer"),
  stiff("beside", /beside/, "besides, next to or with"),
  stiff("by itself", /by (?:itself|themselves)/, "without you, or on its own"),
  stiff("hand over", /hands? over|handed over/, "gives or passes"),
  stiff("at work", /at work/, "working, or in progress"),
  stiff("takes in", /(?:takes?|took|taken) in/, "accepts"),
  stiff("leaves alone", /(?:is|are|be) left alone/, "is not touched"),
  stiff("for good", /for good/, "permanently"),
  stiff("comes to", /(?:comes?|came) to nothing/, "has no result"),
  stiff("as good as", /as good as/, "nearly"),
  stiff("in vain", /in vain/, "without success"),
  stiff("may not", /may not/, "must not, cannot, or is not allowed to"),
  stiff("lest", /lest|albeit|whilst|whom/, "so not, although, while, who"),
  stiff("holds", /holds/, "has or contains"),
  stiff("ought", /ought to|shall/, "should, must or will"),
  stiff("upon", /upon/, "on"),
  stiff("one by one", /one after the other/, "one at a time"),
  stiff("nothing else", /nothing but/, "only"),
];
