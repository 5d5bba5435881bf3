import { type CleanText, cleanText, sumCleaning } from "./clean-text.ts";
import { type Cleaner, exceptionText } from "./exception-text.ts";
import type { RepositoryFiles } from "./file-match.ts";
import type { Removed } from "./hidden-characters.ts";
import { findOrders } from "./matching.ts";
import type { SuspectCommit, SuspectFile } from "./suspects.ts";
import type { Thrown } from "./thrown.ts";

/** Who could have written a field. */
export type Provenance = "attacker-writable" | "server-metadata" | "repo-verified";

/** One field of evidence: clean text. */
export type Field = { readonly name: string; readonly provenance: Provenance; readonly text: string };

/** Evidence as it may leave: clean, redacted, within a size. This is also the JSON form of the work order. */
export type Packet = {
  readonly v: 1;
  readonly fields: readonly Field[];
  readonly removed: Removed;
  readonly redacted: number;
  readonly withheld: boolean;
  /** In which ways the texts read like orders; a note, never a ground for a decision. */
  readonly orders: readonly string[];
  /** Whether something was left out to fit. */
  readonly shortened: boolean;
};

/**
 * The allow-list of what evidence may be made of. Nothing else of an event is ever read into a packet: no user,
 * request, headers, cookies, variables, breadcrumbs, contexts, tags of the user's own.
 */
export type EvidenceFacts = {
  readonly title?: string | null;
  /** Of work that a person asked for: the words in which he did. */
  readonly words?: string | null;
  readonly chain: readonly Thrown[];
  /** What was said about such work, in order, and what was attached: name and text. */
  readonly discussion?: readonly { readonly name: string; readonly value: string }[];
  /** What a monitor, a performance issue or feedback says, where there is no exception: name and value. */
  readonly statements?: readonly { readonly name: string; readonly value: string }[];
  readonly transaction?: string | null;
  readonly culprit?: string | null;
  readonly environment?: string | null;
  readonly release?: string | null;
  readonly platform?: string | null;
  /** From the server: counts, times, status. */
  readonly server: Readonly<Record<string, string | number | null | undefined>>;
  readonly files?: RepositoryFiles | null;
  readonly suspects: readonly SuspectFile[];
  readonly commits: readonly SuspectCommit[];
  readonly goodRelease?: string | null;
};

type Limits = {
  value: number;
  words: number;
  frames: number;
  exceptions: number;
  source: boolean;
  commits: number;
};

/** From full to bare: source lines and the far end of the stack go first, the crash frame last. */
const LEVELS: readonly Limits[] = [
  { value: 4000, words: 8000, frames: 40, exceptions: 6, source: true, commits: 10 },
  { value: 2000, words: 6000, frames: 20, exceptions: 4, source: true, commits: 6 },
  { value: 1000, words: 4000, frames: 12, exceptions: 3, source: false, commits: 4 },
  { value: 500, words: 2500, frames: 6, exceptions: 2, source: false, commits: 2 },
  { value: 160, words: 1200, frames: 2, exceptions: 1, source: false, commits: 1 },
];

/**
 * Makes the packet, as full as fits.
 * @param rules.maxBytes most bytes of its JSON, at least 2,048.
 * @param rules.secrets values of the secrets that the job holds.
 */
export function buildPacket(
  facts: EvidenceFacts,
  rules: { readonly maxBytes: number; readonly secrets?: readonly string[] },
): Packet {
  let packet = packAt(facts, LEVELS[0] as Limits, rules.secrets ?? [], false);
  for (const level of LEVELS.slice(1)) {
    if (countBytes(packet) <= rules.maxBytes) return packet;
    packet = packAt(facts, level, rules.secrets ?? [], true);
  }
  while (countBytes(packet) > rules.maxBytes && packet.fields.length > 1)
    packet = { ...packet, fields: packet.fields.slice(0, -1) };
  return packet;
}

const countBytes = (packet: Packet): number => Buffer.byteLength(JSON.stringify(packet));

function packAt(
  facts: EvidenceFacts,
  limits: Limits,
  secrets: readonly string[],
  shortened: boolean,
): Packet {
  const cleaned: CleanText[] = [];
  const clean: Cleaner = (raw, most, singleLine = true) => {
    if (raw === null || raw === undefined || raw === "") return "";
    const result = cleanText(raw, { maxLength: most, secrets, singleLine });
    cleaned.push(result);
    return result.text;
  };
  const fields = [
    ...eventFields(facts, limits, clean),
    ...serverFields(facts, clean),
    ...repositoryFields(facts, limits, clean),
  ].filter((field) => field.text !== "");
  const hostile = fields
    .filter((field) => field.provenance === "attacker-writable")
    .map((field) => field.text);
  const { removed, redacted, withheld } = sumCleaning(cleaned);
  return { v: 1, fields, removed, redacted, withheld, orders: findOrders(hostile.join("\n")), shortened };
}

function eventFields(facts: EvidenceFacts, limits: Limits, clean: Cleaner): Field[] {
  const field = (name: string, text: string): Field => ({ name, provenance: "attacker-writable", text });
  const shown = facts.chain.slice(-limits.exceptions).toReversed();
  return [
    ...shown.map((thrown, index) =>
      field(
        index === 0 ? "exception" : "caused by",
        exceptionText(thrown, facts.files ?? null, limits, clean),
      ),
    ),
    ...(shown.length === 0 ? [field("title", clean(facts.title, limits.value))] : []),
    field("words", clean(facts.words, limits.words, false)),
    ...(facts.statements ?? [])
      .slice(0, 12)
      .map(({ name, value }) => field(clean(name, 60), clean(value, Math.min(limits.value, 500)))),
    ...discussionFields(facts.discussion ?? [], limits, clean),
    field("transaction", clean(facts.transaction, 200)),
    field("culprit", clean(facts.culprit, 200)),
    field("environment", clean(facts.environment, 64)),
    field("release", clean(facts.release, 200)),
    field("platform", clean(facts.platform, 40)),
  ];
}

/** In order. Where not all of it fits, what was said last stays: it may take back what was said before. */
function discussionFields(
  discussion: NonNullable<EvidenceFacts["discussion"]>,
  { value }: Limits,
  clean: Cleaner,
): Field[] {
  const most = Math.max(3, Math.floor(value / 100));
  const left = Math.max(0, discussion.length - most);
  const field = (name: string, text: string): Field => ({ name, provenance: "attacker-writable", text });
  return [
    ...(left > 0 ? [field("comments left out", `${left} earlier ones, to fit`)] : []),
    ...discussion.slice(left).map((one) => field(clean(one.name, 160), clean(one.value, value, false))),
  ];
}

function serverFields(facts: EvidenceFacts, clean: Cleaner): Field[] {
  return Object.entries(facts.server).map(([name, value]) => ({
    name,
    provenance: "server-metadata",
    text: typeof value === "number" ? String(value) : clean(value, 200),
  }));
}

function repositoryFields(facts: EvidenceFacts, limits: Limits, clean: Cleaner): Field[] {
  const suspects = facts.suspects.map(
    ({ file, line, reasons }) =>
      `${clean(file, 300)}${line === null ? "" : `:${line}`}: ${reasons.join("; ")}`,
  );
  const commits = facts.commits
    .slice(0, limits.commits)
    .map(
      ({ sha, date, headline, reasons }) =>
        `${sha.slice(0, 12)} of ${date}: ${reasons.join("; ")}: ${clean(headline, 100)}`,
    );
  const field = (name: string, text: string): Field => ({ name, provenance: "repo-verified", text });
  return [
    field("suspect files", suspects.join("\n")),
    field("suspect commits", commits.join("\n")),
    field("last good release", clean(facts.goodRelease, 200)),
  ];
}
