import type { Random } from "@patchpilot/bench/draws";
import type { GitHubActor, GitHubComment } from "@patchpilot/github";
import { recordBody } from "@patchpilot/ledger";

export const HOME_ID = 4242;
export const ISSUE = 12;
export const KEYS = ["the newer key of the repository", "the older key of the repository"] as const;
export const BOT: GitHubActor = { __typename: "Bot", login: "github-actions", databaseId: 41_898_282 };

export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;

export const whole = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

/** A record that PatchPilot wrote, and every state that its one comment has had, oldest first. */
export type WrittenRecord = {
  readonly kind: string;
  readonly states: readonly string[];
  readonly comment: GitHubComment;
};

/** What PatchPilot wrote on an issue until a moment; the comments show the newest state of each record. */
export type History = { readonly written: readonly WrittenRecord[] };

const AT = "2026-11-21T09:00:00Z";

/** An issue with one to six records, each of which was written up to five times, some under the older key. */
export function drawHistory(random: Random): History {
  const kinds = ["incident", ...drawKinds(random)];
  return { written: [...new Set(kinds)].map((kind, at) => drawWritten(kind, at + 1, random)) };
}

function drawKinds(random: Random): string[] {
  const all = [
    "attempt/1",
    "attempt/2",
    "impact",
    "dispatch",
    "report",
    "plan/1",
    "turn/1",
    "turn/2",
    "recovery/1",
  ];
  return all.filter(() => random() < 0.4);
}

function drawWritten(kind: string, number: number, random: Random): WrittenRecord {
  const times = whole(random, 1, 5);
  const states = Array.from({ length: times }, (_, at) =>
    signedBody({
      kind,
      data: drawData(kind, random),
      seq: at + 1,
      keys: at === 0 ? [pick(random, KEYS)] : KEYS,
    }),
  );
  const body = states.at(-1) ?? "";
  return { kind, states, comment: { ...ownComment(body, number), isMinimized: random() < 0.1 } };
}

/** A comment that PatchPilot wrote and nobody edited. */
export const ownComment = (body: string, number: number): GitHubComment => ({
  id: `IC_${number}`,
  databaseId: number,
  body,
  author: BOT,
  editor: null,
  viewerDidAuthor: true,
  isMinimized: false,
  createdAt: AT,
});

/** The body of a record as PatchPilot writes it, under these keys, for this issue and repository. */
export function signedBody({
  kind,
  data,
  seq,
  keys = KEYS,
  issue = ISSUE,
  repositoryId = HOME_ID,
}: {
  readonly kind: string;
  readonly data: object;
  readonly seq: number;
  readonly keys?: readonly string[];
  readonly issue?: number;
  readonly repositoryId?: number;
}): string {
  const text = `### ${kind}\n\nWhat you read.`;
  return recordBody({ belief: { signer: { repositoryId, keys } } }, issue, { kind, text, data }, seq);
}

/** Data that the schema of the kind takes; two draws hardly ever agree. */
export function drawData(kind: string, random: Random): object {
  const [name = "", number = "1"] = kind.split("/");
  const at = new Date(Date.parse(AT) + whole(random, 0, 1e9)).toISOString();
  const phase = { phase: pick(random, ["accepted", "working", "requeued", "needs-human"]), phaseAt: at };
  const key = `pp-${HOME_ID}-${ISSUE}-a${number}`;
  const data: Readonly<Record<string, object>> = {
    incident: {
      ...phase,
      ...{ key: `sentry:acme/${whole(random, 1, 1e9)}`, kind: "error", fingerprint: "f", title: "TypeError" },
      ...{ severity: "high", confidence: random(), episode: 1, acceptedAt: at },
    },
    attempt: {
      ...phase,
      ...{
        attempt: Number(number),
        episode: 1,
        key,
        cause: `cause ${random()}`,
        agent: "codex",
        dispatchedAt: at,
      },
    },
    impact: { summary: `${random()} fewer orders`, window: { from: at, to: at } },
    dispatch: { ...phase, reason: `reason ${random()}` },
    report: { attempt: whole(random, 1, 1e6), key },
    plan: {
      attempt: Number(number),
      key,
      sha256: whole(random, 0, 2 ** 40)
        .toString(16)
        .padStart(64, "0"),
    },
    turn: { turn: Number(number), key: `review ${random()}` },
    recovery: { ...phase, episode: Number(number), decision: "wait", verdict: `${random()}`, decidedAt: at },
  };
  return data[name] ?? {};
}
