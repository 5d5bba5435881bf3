import { cleanText } from "@patchpilot/evidence";
import { type Groundwork, type PreviousAttempt, pickGroundwork } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { Opening } from "../decide/choice.ts";
import { claimFactOf } from "../decide/claims.ts";
import type { Taught } from "../decide/work-order.ts";
import type { DispatchPorts } from "../ports.ts";
import type { LeftWorkReader } from "../read/left-work.ts";
import { type EarlierAttempt, earlierAttempts } from "./earlier-attempts.ts";
import { type LessonReader, openLessonReader } from "./lesson-reader.ts";
import { readWork, type WorkLesson } from "./lesson-text.ts";
import { readCheckEvidence } from "./red-checks.ts";
import { measureResidual } from "./residual.ts";

/** By issue number. */
export type Lessons = ReadonlyMap<number, Taught>;

/** Of how many attempts of an incident, the newest ones, artifacts and CI results are read. */
const MOST_READ = 3;
/** Reads at once. */
const AT_ONCE = 8;

/**
 * Learns from the earlier attempts of what is opened now. A first attempt costs no request. Nothing that goes wrong
 * here stops a dispatch but a review that cannot be read: what else could not be read is said in the work order.
 */
export async function learnLessons(
  openings: readonly Opening[],
  ports: DispatchPorts,
  left: LeftWorkReader,
): Promise<Lessons> {
  const lessons = openings
    .filter(({ choice }) => choice.attempt > 1)
    .map((opening) => ({
      opening,
      earlier: earlierAttempts(opening.facts, opening.choice.attempt, !ports.sameRepository),
    }));
  if (lessons.length === 0) return new Map();
  const reader = openLessonReader(ports, left);
  // Before anything else, while there is budget: an attempt can do without the rest.
  const reviews = await Promise.all(lessons.map(({ opening }) => readChanges(opening, ports, reader)));
  const recent = lessons.flatMap(({ earlier }) => earlier.slice(-MOST_READ));
  const heads = await readHeads(recent, reader);
  const read = new Map<EarlierAttempt, Read>();
  for (let start = 0; start < recent.length; start += AT_ONCE) {
    const batch = recent.slice(start, start + AT_ONCE);
    const results = await Promise.all(batch.map((attempt) => readOne(attempt, heads, ports, reader)));
    for (const [index, attempt] of batch.entries()) read.set(attempt, results[index] as Read);
  }
  return new Map(
    lessons.map(({ opening, earlier }, index): [number, Taught] => {
      const { incident } = opening.facts;
      const previousAttempts = earlier.map((attempt) =>
        makeLesson(attempt, read.get(attempt), measureResidual(incident, attempt.attempt)),
      );
      return [incident.number, { previousAttempts, ...reviews[index] }];
    }),
  );
}

/** Most characters of a change request in a work order. */
const REVIEW_LENGTH = 4000;

/** What the attempt builds on: as it is chosen, or as its claim says already. */
function findGround({ facts, choice }: Opening): Groundwork {
  if (choice.kind === "claim") return choice.ground ?? {};
  return pickGroundwork(claimFactOf(facts.claims.find(({ attempt }) => attempt === choice.attempt)) ?? {});
}

/** What a reviewer asked for, or which checks are red, if that is what the attempt is for. */
async function readChanges(
  opening: Opening,
  { secrets }: DispatchPorts,
  { aside, attempt }: LessonReader,
): Promise<Pick<Taught, "review" | "checks" | "unread">> {
  const { continues } = findGround(opening);
  if (continues === undefined) return {};
  if (continues.checks !== undefined)
    return readCheckEvidence(opening.facts, continues.head, { aside, attempt }, secrets);
  const review = await attempt("the review could not be read", () => aside.readReview(continues.review));
  if (typeof review === "string") return { unread: review };
  if (review === undefined) return { unread: "GitHub no longer shows the review that asked for changes" };
  const comments = review.comments.map(
    ({ path, line, body }) => `${path}${line === null ? "" : `, line ${line}`}: ${body}`,
  );
  const { text } = cleanText([review.text, ...comments].filter((part) => part !== "").join("\n\n"), {
    maxLength: REVIEW_LENGTH,
    secrets,
  });
  return { review: { author: review.author, text } };
}

/** What was read of one attempt. */
type Read = { readonly work: WorkLesson; readonly ci?: PreviousAttempt["ci"] };

function makeLesson(
  { attempt, outcome, reason, pullRequest, mergeCommit, declined }: EarlierAttempt,
  read: Read | undefined,
  residual: PreviousAttempt["residual"],
): PreviousAttempt {
  const { missing = [], ...work } = read?.work ?? {};
  return omitUndefined({
    attempt,
    outcome,
    reason,
    pullRequest,
    mergeCommit,
    declined: declined && [...declined],
    ...work,
    ci: read?.ci,
    residual,
    missing: missing.length > 0 ? [...missing] : undefined,
  });
}

/** Heads of the pull requests, by branch: of all attempts in one question. */
async function readHeads(
  attempts: readonly EarlierAttempt[],
  { aside, attempt }: LessonReader,
): Promise<ReadonlyMap<string, string> | string> {
  const known = attempts.flatMap(({ branch, head }) => (head ? [[branch, head] as const] : []));
  const unknown = attempts.filter(({ pullRequest, head }) => pullRequest !== undefined && head === undefined);
  if (unknown.length === 0) return new Map(known);
  const branches = [...new Set(unknown.map(({ branch }) => branch))];
  const pulls = await attempt("its CI results could not be read", () => aside.readPullRequests(branches));
  if (typeof pulls === "string") return pulls;
  return new Map([...[...pulls].map(([branch, { headOid }]) => [branch, headOid] as const), ...known]);
}

async function readOne(
  earlier: EarlierAttempt,
  heads: ReadonlyMap<string, string> | string,
  ports: DispatchPorts,
  reader: LessonReader,
): Promise<Read> {
  const [work, ci] = await Promise.all([
    readLeftWork(earlier, ports, reader),
    readCi(earlier, heads, ports, reader),
  ]);
  const missing = typeof ci === "string" ? [...work.missing, ci] : work.missing;
  return { work: { ...work, missing }, ...(typeof ci === "string" || ci === undefined ? {} : { ci }) };
}

/** What the worker left in its artifact. What was merged is in the history of the base, where `mergeCommit` shows it. */
async function readLeftWork(
  { run, mergeCommit }: EarlierAttempt,
  ports: DispatchPorts,
  { left, attempt }: LessonReader,
): Promise<WorkLesson> {
  if (mergeCommit !== undefined) return { missing: [] };
  if (run === undefined) return { missing: ["no run of it is known"] };
  const found = await attempt("what it left could not be read", () => left.read(run));
  if (typeof found === "string") return { missing: [found] };
  // Tests that went red in the end tell more than the worker's own, which passed by then.
  return readWork(new Map([...found.work, ...found.verification]), ports.secrets);
}

/** Most CI results in a work order. */
const MOST_RESULTS = 20;

async function readCi(
  { pullRequest, branch }: EarlierAttempt,
  heads: ReadonlyMap<string, string> | string,
  ports: DispatchPorts,
  { aside, attempt }: LessonReader,
): Promise<PreviousAttempt["ci"] | string> {
  if (pullRequest === undefined) return undefined;
  if (typeof heads === "string") return heads;
  const head = heads.get(branch);
  if (head === undefined) return "its pull request's branch is not known";
  const runs = await attempt("its CI results could not be read", () => aside.listRunsOfCommit(head));
  if (typeof runs === "string") return runs;
  return runs.slice(0, MOST_RESULTS).map(({ name, conclusion }) => ({
    name: cleanText(name, { maxLength: 80, secrets: ports.secrets, singleLine: true }).text,
    conclusion,
  }));
}
