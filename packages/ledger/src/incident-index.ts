import { createHash } from "node:crypto";
import {
  createIssues,
  findAuthoredIssues,
  type GitHub,
  type GitHubRepository,
  type RefState,
  type RepositoryName,
  readBranchHead,
  readRefs,
} from "@patchpilot/github";
import { UMBRELLA_LABEL } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { MINUTE } from "@patchpilot/time";
import * as z from "zod";
import { ensureOwnLabels } from "./ensure-labels.ts";
import { incidentRef, isRace, readFacts, writeFacts } from "./fact-commits.ts";

/** An issue to be opened for a failure that has none yet; the key is the failure's name over all runs. */
export type IncidentDraft = { readonly key: string; readonly title: string; readonly body: string };

/**
 * What became of a draft. `opened`: this run opened the issue. `known`: the index names one already. `held`: another
 * run is opening it just now. `unsure`: a reply was lost or refused; a later run reads what happened.
 */
export type OpenedIssue =
  | { readonly key: string; readonly state: "opened" | "known"; readonly issue: number }
  | { readonly key: string; readonly state: "held" | "unsure"; readonly message: string };

/** Who opens, and when by GitHub's clock. */
export type Opener = { readonly run: string; readonly now: Date };

/** After this long without an issue, the run that held a key is taken for dead. */
const HELD_FOR = 15 * MINUTE;

/** Name of a key's ref: keys hold characters that refs may not. */
const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");
const markerOf = (key: string): string => `<!-- patchpilot-key ${hashOf(key)} -->`;

const entrySchema = z.looseObject({
  key: z.string(),
  at: z.string(),
  run: z.string(),
  issue: z.number().optional(),
});
const factsSchema = z.looseObject({ incidents: z.record(z.string(), z.unknown()) });
type Entry = z.output<typeof entrySchema>;

/** A draft that this run may open, or whose issue it may write into the index; `from` absent: no ref yet. */
type Held = { readonly draft: IncidentDraft; readonly from?: string };
type Named = { readonly key: string; readonly from: string; readonly issue: number };

/**
 * Opens an issue for each draft, once over all runs: a ref for the key is created first, which fails where it exists,
 * and is moved on to name the issue afterwards. A run that died in between left a ref without an issue: the issue is
 * then found by the marker in its body, and where there is none, the key is taken over after 15 minutes.
 * @returns one result a draft, in order.
 */
export async function openIncidents(
  github: GitHub,
  name: RepositoryName,
  repository: GitHubRepository,
  drafts: readonly IncidentDraft[],
  opener: Opener,
): Promise<OpenedIssue[]> {
  const index: Index = { github, name, repository, opener };
  const refs = await readRefs(github, name, drafts.map(refOf));
  const results = new Map<string, OpenedIssue>();
  const free: Held[] = [];
  const unnamed: { readonly draft: IncidentDraft; readonly ref: RefState; readonly entry: Entry }[] = [];
  for (const draft of drafts) {
    const ref = refs.get(refOf(draft));
    const entry = ref === undefined ? undefined : readEntry(ref, draft.key);
    if (ref === undefined) free.push({ draft });
    else if (entry === undefined) results.set(draft.key, unreadable(draft, ref));
    else if (entry.issue !== undefined)
      results.set(draft.key, { key: draft.key, state: "known", issue: entry.issue });
    else unnamed.push({ draft, ref, entry });
  }
  const found = await findMarked(index, unnamed);
  for (const { draft, ref, entry } of unnamed) {
    if (found.some(({ key }) => key === draft.key)) continue;
    if (opener.now.getTime() - Date.parse(entry.at) > HELD_FOR) free.push({ draft, from: ref.oid });
    else results.set(draft.key, held(draft));
  }
  const opened = await holdAndOpen(index, free, results);
  const named = [...found, ...opened];
  if (named.length > 0) await writeEntries(index, "PatchPilot opened issues", named);
  for (const { key, issue } of found) results.set(key, { key, state: "known", issue });
  for (const { key, issue } of opened) results.set(key, { key, state: "opened", issue });
  return drafts.map((draft) => results.get(draft.key) ?? held(draft));
}

/**
 * The issues that the index names for these keys, in one request; keys without an issue are missing.
 */
export async function findIndexed(
  github: GitHub,
  name: RepositoryName,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const refs = await readRefs(
    github,
    name,
    keys.map((key) => refOf({ key })),
  );
  return new Map(
    keys.flatMap((key): [string, number][] => {
      const ref = refs.get(refOf({ key }));
      const issue = ref === undefined ? undefined : readEntry(ref, key)?.issue;
      return issue === undefined ? [] : [[key, issue]];
    }),
  );
}

type Index = {
  readonly github: GitHub;
  readonly name: RepositoryName;
  readonly repository: GitHubRepository;
  readonly opener: Opener;
};

const refOf = ({ key }: Pick<IncidentDraft, "key">): string => incidentRef(hashOf(key));

function readEntry(ref: RefState, key: string): Entry | undefined {
  const facts = factsSchema.safeParse(readFacts(ref.message));
  const entry = entrySchema.safeParse(facts.data?.incidents[hashOf(key)]);
  return entry.success && entry.data.key === key ? entry.data : undefined;
}

const held = ({ key }: IncidentDraft): OpenedIssue => ({
  key,
  state: "held",
  message: "another run is opening its issue; the next run looks again.",
});
const unsure = (key: string, message: string): OpenedIssue => ({ key, state: "unsure", message });
const refused = (key: string, what: string, why: string): OpenedIssue =>
  unsure(key, `GitHub refuses ${what} (${why}).`);
const unreadable = ({ key }: IncidentDraft, ref: RefState): OpenedIssue =>
  unsure(key, `someone changed the ref ${ref.name}; look at it, and delete it if it is wrong.`);

/** Issues of ours that carry the marker of a key whose ref names none. */
async function findMarked(
  { github, name }: Index,
  unnamed: readonly { readonly draft: IncidentDraft; readonly ref: RefState; readonly entry: Entry }[],
): Promise<Named[]> {
  const [since] = unnamed.map(({ entry }) => entry.at).toSorted();
  if (since === undefined) return [];
  const issues = await findAuthoredIssues(github, name, { label: UMBRELLA_LABEL, since });
  return unnamed.flatMap(({ draft: { key }, ref }) => {
    const marked = issues.filter(({ body }) => body.trimEnd().endsWith(markerOf(key)));
    const issue = marked.map(({ number }) => number).toSorted((a, b) => a - b)[0];
    return issue === undefined ? [] : [{ key, from: ref.oid, issue }];
  });
}

/** Takes keys, and opens issues for those that this run got. What went otherwise goes to `results`. */
async function holdAndOpen(
  index: Index,
  free: readonly Held[],
  results: Map<string, OpenedIssue>,
): Promise<Named[]> {
  if (free.length === 0) return [];
  const { github, repository } = index;
  const labelId = await ensureUmbrellaLabel(index);
  const entries = free.map(({ draft: { key }, from }) => ({ key, from }));
  const written = await writeEntries(index, "PatchPilot opens issues", entries);
  const won = free.flatMap(({ draft }, place) => {
    const result = written.results[place];
    if (result?.state === "done") return [draft];
    if (result?.state === "unknown") results.set(draft.key, unsure(draft.key, result.message));
    if (result?.state === "refused" && !isRace(result.message))
      results.set(draft.key, refused(draft.key, "the ref that reserves it", result.message));
    return [];
  });
  const created = await createIssues(
    github,
    repository.id,
    won.map(({ key, title, body }) => ({
      title,
      body: `${body}\n\n${markerOf(key)}`,
      labelIds: [labelId],
    })),
  );
  return won.flatMap(({ key }, place): Named[] => {
    const result = created[place];
    if (result?.state === "done") return [{ key, from: written.oid, issue: result.number }];
    const isRefused = result?.state === "refused";
    const why = result?.message ?? "GitHub did not answer";
    results.set(
      key,
      isRefused
        ? refused(key, "its issue", why)
        : unsure(key, `its issue may not have been opened (${why}).`),
    );
    return [];
  });
}

async function ensureUmbrellaLabel({ github, repository }: Index): Promise<string> {
  const labels = await ensureOwnLabels(github, repository, [UMBRELLA_LABEL]);
  const id = labels.get(UMBRELLA_LABEL);
  if (id === undefined)
    throw new Error(
      `GitHub shows no label ${UMBRELLA_LABEL} and did not make it, so no issue is opened. The next run tries again; if it stays so, grant \`issues: write\`.`,
    );
  return id;
}

/** Writes entries, and the refs that hold them. If naming issues fails, a later run finds them by their markers. */
async function writeEntries(
  { github, name, repository, opener }: Index,
  title: string,
  entries: readonly { readonly key: string; readonly from?: string | undefined; readonly issue?: number }[],
) {
  const { run, now } = opener;
  const incidents = Object.fromEntries(
    entries.map(({ key, issue }): [string, Entry] => [
      hashOf(key),
      { key, at: now.toISOString(), run, ...omitUndefined({ issue }) },
    ]),
  );
  return writeFacts(
    github,
    { ...name, nodeId: repository.id },
    { title, facts: { incidents }, base: await readBranchHead(github, name) },
    entries.map(({ key, from }) => ({ name: refOf({ key }), from })),
  );
}
