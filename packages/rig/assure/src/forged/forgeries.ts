import type { Random } from "@patchpilot/bench/draws";
import type { GitHubActor, GitHubComment } from "@patchpilot/github";
import {
  BOT,
  drawData,
  HOME_ID,
  ISSUE,
  ownComment,
  pick,
  signedBody,
  type WrittenRecord,
  whole,
} from "./history.ts";

/** What refuses a forgery; the control takes exactly that away. */
export type Guard = "signature" | "author" | "shape";

/** What is put on the issue, and what the guard is all that keeps from being believed: the control. */
export type Forged = { readonly comment: GitHubComment; readonly control: GitHubComment };

/** A way to make a record count that PatchPilot did not write here and now. */
export type Forgery = {
  readonly guard: Guard;
  readonly forge: (target: WrittenRecord, random: Random) => Forged;
  /** It only makes sense beside the record that it imitates. */
  readonly isBeside?: true;
};

const LINE = /<!-- patchpilot:v\d+ .* -->$/;

const recordLine = (body: string): string => LINE.exec(body)?.[0] ?? "";
const newest = ({ states }: WrittenRecord): string => states.at(-1) ?? "";
const changed = (body: string, from: RegExp, to: string | ((found: string) => string)): string =>
  body.replace(recordLine(body), (line) => line.replace(from, to as string));

/** Later than everything that was written, and would win if it counted. */
const posted = (body: string, change: Partial<GitHubComment> = {}): GitHubComment => ({
  ...ownComment(body, 900),
  createdAt: "2026-11-22T09:00:00Z",
  ...change,
});

const higher = (target: WrittenRecord, random: Random): number =>
  target.states.length + whole(random, 1, 1_000);

/** What PatchPilot would write next. */
const nextBody = (target: WrittenRecord, random: Random, data = drawData(target.kind, random)): string =>
  signedBody({ kind: target.kind, data, seq: higher(target, random) });

/** By our own account, as any workflow of the repository may write: only the signature is wrong. */
const signature = (forge: (target: WrittenRecord, random: Random) => string): Forgery => ({
  guard: "signature",
  forge: (target, random) => {
    const comment = posted(forge(target, random));
    return { comment, control: comment };
  },
});

/** Signed for another place or under other keys than the ledger's. */
const signedAs = (others: (random: Random) => Partial<Parameters<typeof signedBody>[0]>): Forgery =>
  signature(({ kind, states }, random) =>
    signedBody({ kind, data: drawData(kind, random), seq: states.length + 1, ...others(random) }),
  );

/** Signed well, by who got hold of the line, and written or changed by somebody else. */
const author = (
  make: (random: Random) => Partial<GitHubComment>,
  body: (target: WrittenRecord, random: Random) => string = nextBody,
): Forgery => ({
  guard: "author",
  forge: (target, random) => {
    const comment = posted(body(target, random), make(random));
    return { comment, control: { ...comment, viewerDidAuthor: true, editor: null } };
  },
});

/** Signed well, in a place or a spelling that is none; the control is the same as PatchPilot spells it. */
const shape = (place: (body: string, random: Random, target: WrittenRecord) => string): Forgery => ({
  guard: "shape",
  forge: (target, random) => {
    const body = nextBody(target, random);
    return { comment: posted(place(body, random, target)), control: posted(body) };
  },
});

const PERSON: GitHubActor = { __typename: "User", login: "mallory", databaseId: 666 };
const OTHERS: readonly GitHubActor[] = [
  PERSON,
  null,
  { __typename: "User", login: "github-actions", databaseId: 667 },
  { __typename: "User", login: "github-actions[bot]", databaseId: 668 },
  { __typename: "User", login: String(BOT?.databaseId), databaseId: 669 },
  { __typename: "Bot", login: "dependabot", databaseId: 49_699_333 },
  { __typename: "Bot", login: "github-actions-", databaseId: 670 },
  { __typename: "Organization", login: "github-actions", databaseId: 671 },
  { __typename: "Mannequin", login: "github-actions", databaseId: 672 },
];
const HIDDEN = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u{e0020}", "\u034f"];
const SPACES = ["\u00a0", "\u2003", "\u3000", "\u1680", "\t", "\v", "  "];
const BREAKS = ["\u2028", "\u2029", "\u0085", "\v", "\f"];

/** Puts something in front of a character of the line, drawn by chance. */
const inLine = (body: string, what: string, random: Random): string =>
  body.replace(recordLine(body), (line) => {
    const at = whole(random, 1, line.length - 1);
    return line.slice(0, at) + what + line.slice(at);
  });

const otherBase64 = (data: string, random: Random): string => {
  const at = whole(random, 0, Math.max(0, data.replace(/=+$/, "").length - 1));
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const other = letters[(letters.indexOf(data[at] ?? "A") + whole(random, 1, 63)) % 64] ?? "A";
  return data.slice(0, at) + other + data.slice(at + 1);
};

const LOOK_ALIKES: readonly (readonly [from: RegExp, to: string])[] = [
  [/patchpilot/, "p\u0430tchpilot"],
  [/patchpilot/, "PATCHPILOT"],
  [/ kind=/, " KIND="],
  [/ seq=/, " \u0455eq="],
  [/ mac=/, " m\u0430c="],
  [/(?<=seq=)\d+/, "\uff11\uff12"],
  [/(?<=seq=)\d+/, "\u0663"],
];

const cutter = (random: Random) => (data: string) =>
  data.slice(0, 4 * whole(random, 1, Math.max(1, Math.floor(data.length / 4) - 1)));

const NO_KINDS = [
  ..."__proto__ constructor attempt/0 attempt/01 attempt incident/1 toString attempt/-1 attempts/1".split(
    " ",
  ),
];
const NO_DATA: readonly object[] = [
  {},
  JSON.parse('{"__proto__": {"phase": "recovered"}}'),
  { phase: "nonsense" },
  { "": "" },
];

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => whole(random, 0, 15).toString(16)).join("");

export const FORGERIES: Readonly<Record<string, Forgery>> = {
  "of another repository": signedAs((random) => ({ repositoryId: HOME_ID + whole(random, 1, 999) })),
  "of another issue": signedAs((random) => ({ issue: ISSUE + whole(random, 1, 999) })),
  "of repository and issue that only read alike": signedAs(() => ({ repositoryId: 424, issue: 212 })),
  "of another kind": signature((target, random) => {
    const other = pick(
      random,
      ["incident", "attempt/1", "attempt/3", "recovery/1", "plan/1", "turn/9"].filter(
        (kind) => kind !== target.kind,
      ),
    );
    const body = signedBody({
      kind: other,
      data: drawData(target.kind, random),
      seq: higher(target, random),
    });
    return changed(body, / kind=\S+/, ` kind=${target.kind}`);
  }),
  "with a higher sequence": signature((target, random) =>
    changed(newest(target), / seq=\d+/, ` seq=${higher(target, random)}`),
  ),
  "with one letter of the data changed": signature((target, random) => {
    const raised = changed(newest(target), / seq=\d+/, ` seq=${target.states.length + whole(random, 0, 1)}`);
    return changed(raised, /(?<= data=)\S+/, (data) => otherBase64(data, random));
  }),
  "with other data": signature((target, random) => {
    const other = signedBody({ kind: target.kind, data: drawData(target.kind, random), seq: 1 });
    const data = / data=(\S+)/.exec(recordLine(other))?.[1] ?? "";
    return changed(
      changed(newest(target), / seq=\d+/, ` seq=${higher(target, random)}`),
      /(?<= data=)\S+/,
      data,
    );
  }),
  "with the data cut": {
    guard: "signature",
    forge: (target, random) => {
      const raised = changed(newest(target), / seq=\d+/, ` seq=${higher(target, random)}`);
      return { comment: posted(changed(raised, /(?<= data=)\S+/, cutter(random))), control: posted(raised) };
    },
  },
  "under another key": signedAs((random) => ({ keys: [`key ${random()}`] })),
  "under an empty key": signedAs(() => ({ keys: [""] })),
  "without a signature": signedAs(() => ({ keys: [] })),
  "with a signature drawn by chance": signature((target, random) =>
    changed(
      changed(newest(target), / seq=\d+/, ` seq=${higher(target, random)}`),
      / mac=\S+/,
      ` mac=${hex(random, 32)}`,
    ),
  ),
  "of a newer version": signature((target, random) =>
    changed(newest(target), /patchpilot:v1/, `patchpilot:v${whole(random, 2, 9_999)}`),
  ),
  "by another account": author((random) => ({ viewerDidAuthor: false, author: pick(random, OTHERS) })),
  "edited by another account": author((random) => ({
    editor: pick(
      random,
      OTHERS.filter((each) => each !== null),
    ),
  })),
  "copied by another account": author(
    (random) => ({ viewerDidAuthor: false, author: pick(random, OTHERS), isMinimized: random() < 0.5 }),
    newest,
  ),
  quoted: shape((body) => body.replace(LINE, (line) => `> ${line}`)),
  indented: shape((body, random) => body.replace(LINE, (line) => " ".repeat(whole(random, 1, 8)) + line)),
  "in a fence": shape((body) => body.replace(LINE, (line) => `\`\`\`\n${line}\n\`\`\``)),
  "in a code span": shape((body) => body.replace(LINE, (line) => `\`${line}\``)),
  "in a table": shape((body) => body.replace(LINE, (line) => `| ${line} |`)),
  "with words behind its line": shape(
    (body, random) => `${body}${pick(random, ["\nmore", " more", "\n.", "x", "\n-->"])}`,
  ),
  "with a second line before it": shape(
    (body, random, target) => `${recordLine(newest(target))}\n${body}${random() < 0.5 ? "\n" : ""}`,
  ),
  "with a second line that is cut": shape((body) => `<!-- patchpilot:v1 kind=incident\n${body}`),
  "with a hidden character in its line": shape((body, random) => inLine(body, pick(random, HIDDEN), random)),
  "with another space in its line": shape((body, random) =>
    changed(
      body,
      pick(random, [/ (?=kind)/, / (?=seq)/, / (?=mac)/, / (?=data)/, / (?=-->)/]),
      pick(random, SPACES),
    ),
  ),
  "with another break before its line": shape((body, random) =>
    body.replace(/\n+(?=<!-- patchpilot)/, pick(random, BREAKS)),
  ),
  "with letters of another alphabet": shape((body, random) => {
    const [from, to] = pick(random, LOOK_ALIKES);
    return changed(body, from, to);
  }),
  "with its signature in capitals": shape((body) =>
    changed(
      body,
      / mac=\S+/,
      (mac) =>
        ` mac=${mac
          .slice(5)
          .toUpperCase()
          .replace(/^[0-9]+$/, "A")}`,
    ),
  ),
  "with its signature cut": shape((body, random) =>
    changed(body, / mac=\S+/, (mac) => mac.slice(0, whole(random, 6, 36))),
  ),
  "with a sequence that is no number": shape((body, random) =>
    changed(
      body,
      / seq=\d+/,
      ` seq=${pick(random, ["-1", "1e9", "0x9", "1.5", "9999999999", "+7", "", "NaN"])}`,
    ),
  ),
  "with a kind that is none": {
    guard: "shape",
    forge: (target, random) => {
      const kind = pick(random, NO_KINDS);
      const body = signedBody({ kind, data: drawData("attempt/1", random), seq: higher(target, random) });
      return { comment: posted(body), control: posted(nextBody(target, random)) };
    },
  },
  "with data that its schema refuses": {
    guard: "shape",
    forge: (target, random) => ({
      comment: posted(nextBody(target, random, pick(random, NO_DATA))),
      control: posted(nextBody(target, random)),
    }),
  },
  "of an older state, beside the newer": {
    guard: "shape",
    isBeside: true,
    forge: (target, random) => ({
      comment: posted(pick(random, target.states), { isMinimized: random() < 0.3 }),
      control: posted(nextBody(target, random)),
    }),
  },
};
