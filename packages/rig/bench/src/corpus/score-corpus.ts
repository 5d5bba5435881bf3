import { categorise } from "@patchpilot/action-intake/categorise";
import {
  arrangeFiles,
  findCrash,
  type MappedFrame,
  mapFrames,
  primaryThrown,
  type RepositoryFiles,
} from "@patchpilot/evidence";
import { scoreConfidence } from "@patchpilot/incident";
import type { CorpusEvent, CorpusPart, SdkCorpus } from "./read-corpus.ts";

/** How many of so many are right. */
export type Hits = { readonly right: number; readonly all: number };

/** What the corpus shows of one SDK. */
export type CorpusScore = {
  readonly sdk: string;
  readonly part: CorpusPart;
  /** Frames whose file is right; of events, those whose crash leads to the right file. */
  readonly frames: Hits;
  readonly crashes: Hits;
  readonly exceptions: Hits;
  readonly categories: Hits;
  /** Wrong files at a confidence that lets a worker start, where the exception is right. */
  readonly sureAndWrong: number;
  /** Each miss in one line. */
  readonly misses: readonly string[];
};

/** The default of `min-confidence` of dispatch. */
const GATE = 0.75;

type Answer = { readonly right: boolean; readonly sure: boolean; readonly miss: string };

/** Scores what the code says of a part of the corpus. Pure. */
export function scoreCorpus(corpus: SdkCorpus): CorpusScore {
  const files = arrangeFiles(corpus.files);
  const frames = corpus.frames.map(({ frame, file, source }) => {
    const [mapped = null] = mapFrames(files, thrownAt([frame]));
    return answerFile(
      mapped,
      file,
      `${JSON.stringify([frame.path, frame.absolutePath, frame.module])} (${source})`,
    );
  });
  const crashes = corpus.events.map((one) =>
    answerFile(locateCrash(one, files), one.right.file, nameEvent(one)),
  );
  const exceptions = corpus.events.map(answerException);
  const categories = corpus.events.map(answerCategory);
  const answers = [...frames, ...crashes, ...exceptions, ...categories];
  const placed = [...frames, ...crashes.filter((_, index) => exceptions[index]?.right === true)];
  return {
    sdk: corpus.sdk,
    part: corpus.part,
    frames: countRight(frames),
    crashes: countRight(crashes),
    exceptions: countRight(exceptions),
    categories: countRight(categories),
    sureAndWrong: placed.filter(({ right, sure }) => !right && sure).length,
    misses: answers.filter(({ right }) => !right).map(({ miss }) => miss),
  };
}

const countRight = (answers: readonly Answer[]): Hits => ({
  right: answers.filter(({ right }) => right).length,
  all: answers.length,
});

const thrownAt = (frames: Parameters<typeof mapFrames>[1]["frames"]): Parameters<typeof mapFrames>[1] => ({
  type: null,
  value: null,
  module: null,
  handled: null,
  frames,
});

const locateCrash = ({ event }: CorpusEvent, files: RepositoryFiles): MappedFrame | null => {
  const thrown = primaryThrown(event.exceptions);
  return thrown === null ? null : findCrash(mapFrames(files, thrown));
};

const nameEvent = ({ event, source }: CorpusEvent): string => `${event.title} (${source})`;

function answerFile(mapped: MappedFrame | null, file: string | null, name: string): Answer {
  const match = mapped?.match ?? { kind: "none" as const };
  const said = "file" in match ? match.file : null;
  const facts = {
    basis: "service",
    environmentConfirmed: true,
    projectConfirmed: true,
    events: 1,
    users: 1,
  } as const;
  const more = { otherFrameMapped: false, linkedBack: false, suspectCommit: false };
  const crash = said === null ? "unmapped" : match.kind === "compiled" ? "guessed" : "mapped";
  return {
    right: said === file,
    sure: said !== null && scoreConfidence({ ...facts, ...more, crash }).value > GATE,
    miss: `file: ${said ?? match.kind} and not ${file ?? "none"}: ${name}`,
  };
}

function answerException(one: CorpusEvent): Answer {
  const said = primaryThrown(one.event.exceptions);
  const { exception } = one.right;
  const right =
    (said?.type ?? null) === (exception?.type ?? null) && (said?.value ?? "") === (exception?.value ?? "");
  return {
    right,
    sure: false,
    miss: `exception: ${said?.type} and not ${exception?.type}: ${nameEvent(one)}`,
  };
}

function answerCategory(one: CorpusEvent): Answer {
  const { issueCategory, issueType, type } = one.issue;
  const said = categorise({ kind: { type, issueType, category: issueCategory } }, one.event).category;
  const { category } = one.right;
  return {
    right: said === category,
    sure: false,
    miss: `category: ${said} and not ${category}: ${nameEvent(one)}`,
  };
}
