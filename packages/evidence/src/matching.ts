/** Letters of other scripts that look like Latin ones, each followed by its Latin twin (after Unicode UTS 39). */
const LOOK_ALIKES =
  "аaбbвbгrдdеeёeзzиuіiїiјjкkлlмmнhоoпnрpсcтtуyфfхxцuчchшwъbыbьbэeюuяrѕsһhԁdԛqԝwαaβbγyδdεeζzηnθoιiκkλlμuνvξeοoπnρpςsσoτtυuφfχxψwωwɡgɑaıiℓl";

let table: ReadonlyMap<string, string> | undefined;

/**
 * A copy of a text for matching only, never for showing: NFKC folds full-width and mathematical letters, look-alikes
 * of other scripts become Latin, case and marks fall away.
 */
export function foldForMatching(text: string): string {
  table ??= readTable();
  const twins = table;
  return Array.from(text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, ""))
    .map((letter) => twins.get(letter) ?? letter)
    .join("");
}

function readTable(): ReadonlyMap<string, string> {
  const pairs = Array.from(LOOK_ALIKES.matchAll(/([^\p{ASCII}])([a-z]+)/gu));
  return new Map(pairs.map(([, other = "", latin = ""]) => [other, latin]));
}

const TARGET =
  "(?:instruction|guidance|guideline|prompt|rule|direction|directive|order|constraint|policy|policies|message|context|training)";

/** Ways to address a reader of data as if it took orders. Each alternative is bounded. */
const ORDERS: readonly (readonly [what: string, source: string])[] = [
  [
    "asks to ignore instructions",
    `\\b(?:ignore|disregard|forget|override|bypass|drop|skip|set aside|pay no attention to)\\b[^.\\n]{0,40}\\b(?:previous|prior|earlier|above|preceding|former|existing|original|initial|system|your|all|any)\\b[^.\\n]{0,30}\\b${TARGET}`,
  ],
  [
    "speaks as a system or a tool",
    "(?:^|\\n)\\W{0,6}(?:system|assistant|developer|tool[ _-]?(?:result|output|call)|human|user)\\s{0,3}(?:prompt|message|note|update|override)?\\s{0,3}:|<\\|[a-z_]{2,20}\\|>|‹\\|[a-z_]{2,20}\\|>|\\[/?inst\\]|#{2,4} ?(?:new )?instructions?\\b",
  ],
  [
    "gives a role",
    "\\b(?:you are now|from now on,? you|act as (?:a|an|the)|pretend (?:to be|that you)|your new (?:task|role|goal|instructions?))\\b",
  ],
  [
    "asks for secrets",
    "\\b(?:print|reveal|show|output|send|post|upload|exfiltrate|leak|cat|echo|dump|read|include|paste)\\b[^.\\n]{0,60}(?:\\benv(?:ironment)?\\b(?: variables?)?|/proc/self|\\.env\\b|\\bsecrets?\\b|\\b(?:api|access|private)[ -]keys?\\b|\\bcredentials?\\b|\\bgithub_token\\b|\\bpasswords?\\b)",
  ],
  [
    "asks for an action",
    "\\b(?:please |now |then |must |immediately )(?:merge|approve|deploy|roll ?back|close|delete|force[- ]push|disable|skip|escalate|edit|modify|run|execute|download|install|curl|wget)\\b[^.\\n]{0,40}(?:\\.github\\b|\\b(?:pull request|pr|issue|branch|tests?|checks?|workflow|severity|ci|main|master|script|command|runbook)\\b)",
  ],
];

let compiled: readonly (readonly [string, RegExp])[] | undefined;

/**
 * Says in which way a text reads like orders to a machine; empty for ordinary errors (`deepMerge failed`). It is
 * a note for readers of the evidence: no decision depends on it, and no text is trusted for lacking it.
 */
export function findOrders(text: string): string[] {
  compiled ??= ORDERS.map(([what, source]) => [what, new RegExp(source, "i")]);
  const folded = foldForMatching(text.slice(0, 20_000));
  return compiled.filter(([, pattern]) => pattern.test(folded)).map(([what]) => what);
}
