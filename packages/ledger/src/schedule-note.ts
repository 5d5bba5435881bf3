import { type GitHub, type RepositoryName, readBranchHead, readRefs } from "@patchpilot/github";
import * as z from "zod";
import { isRace, readFacts, scheduleRef, writeFacts } from "./fact-commits.ts";

/** What PatchPilot last did to a workflow. */
export type ScheduleNote = {
  readonly state: "on" | "off";
  /** GitHub's `updated_at` of the workflow once it was seen to be off, in milliseconds; absent: not seen yet. */
  readonly seenAt?: number | undefined;
};

/** The note on one workflow, and what a change of it must follow. */
export type KeptSchedule = {
  /** undefined: PatchPilot never switched this workflow, or the ref is not one that it wrote. */
  readonly note: ScheduleNote | undefined;
  /** When that was written, in milliseconds by GitHub's clock; 0 where there is none. */
  readonly notedAt: number;
  /** The commit of the ref; undefined: there is no such ref. */
  readonly oid: string | undefined;
  /** Notes on all workflows, by path: a repository may hold several set-ups. */
  readonly all: Readonly<Record<string, unknown>>;
};

const noteSchema = z.looseObject({
  state: z.enum(["on", "off"]),
  seenAt: z.number().optional(),
  notedAt: z.number(),
});
const factsSchema = z.looseObject({ schedule: z.record(z.string(), z.unknown()) });

/** Reads what was done to a workflow, by its path. A ref that says nothing readable says nothing. */
export async function readScheduleNote(
  github: GitHub,
  repository: RepositoryName,
  path: string,
): Promise<KeptSchedule> {
  const ref = (await readRefs(github, repository, [scheduleRef])).get(scheduleRef);
  const all = factsSchema.safeParse(readFacts(ref?.message ?? "")).data?.schedule ?? {};
  const note = noteSchema.safeParse(all[path]).data;
  return {
    note: note && { state: note.state, seenAt: note.seenAt },
    notedAt: note?.notedAt ?? 0,
    oid: ref?.oid,
    all,
  };
}

/**
 * Writes down what is done to a workflow, unless another run has written meanwhile.
 * @returns the note as it is kept now; `raced`: another run was first
 * @throws Error if GitHub refuses the ref, or does not say what became of it
 */
export async function writeScheduleNote(
  github: GitHub,
  repository: RepositoryName,
  path: string,
  { all, oid: from }: KeptSchedule,
  note: ScheduleNote,
): Promise<KeptSchedule | "raced"> {
  const notedAt = (await github.clock()).getTime();
  const base = await readBranchHead(github, repository);
  const next = { ...all, [path]: { ...note, notedAt } };
  const { oid, results } = await writeFacts(
    github,
    { ...repository, nodeId: base.repositoryNodeId },
    { title: `PatchPilot switched ${path} ${note.state}`, facts: { schedule: next }, base },
    [{ name: scheduleRef, from }],
  );
  const [result] = results;
  if (result?.state === "done") return { note, notedAt, oid, all: next };
  if (result?.state === "refused" && isRace(result.message)) return "raced";
  throw new Error(
    `GitHub ${result?.state === "refused" ? "refused" : "did not confirm"} ${scheduleRef}: ${result?.message ?? "no answer"}`,
  );
}
