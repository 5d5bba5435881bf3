import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eventSchema, type SentryEvent, type SentryFrame } from "@patchpilot/sentry";
import { z } from "zod";

/** `open`: what the code may be fitted to. `held-out`: written after it, and only measured. */
export const PARTS = ["open", "held-out"] as const;
export type CorpusPart = (typeof PARTS)[number];

/** A frame as Sentry's API gives it, and the file of the repository that it means; null if it means none. */
export type CorpusFrame = {
  readonly source: string;
  readonly frame: SentryFrame;
  readonly file: string | null;
};

/** An event, and what is right of it. */
export type CorpusEvent = {
  readonly source: string;
  /** What Sentry's issue says of its category, as the API gives it. */
  readonly issue: { readonly issueCategory: string; readonly issueType: string; readonly type: string };
  readonly event: SentryEvent;
  readonly right: {
    /** The main exception, as Sentry names the issue by it; null if nothing was thrown. */
    readonly exception: { readonly type: string | null; readonly value: string | null } | null;
    readonly category: string;
    /** The file that the crash leads to; null for none. */
    readonly file: string | null;
  };
};

/** What the corpus holds of one SDK: a repository, frames and events. */
export type SdkCorpus = {
  readonly sdk: string;
  readonly part: CorpusPart;
  readonly files: readonly string[];
  readonly frames: readonly CorpusFrame[];
  readonly events: readonly CorpusEvent[];
};

const source = z.url();
const file = z.string().nullable();
const frameFile = z.object({ source, file, frame: z.record(z.string(), z.unknown()) });
const eventFile = z.object({
  source,
  issue: z.object({ issueCategory: z.string(), issueType: z.string(), type: z.string() }),
  event: z.unknown().transform((raw) => eventSchema().parse(raw)),
  right: z.object({
    exception: z.object({ type: z.string().nullable(), value: z.string().nullable() }).nullable(),
    category: z.string(),
    file,
  }),
});
const corpusFile = z.object({
  files: z.array(z.string()).min(1),
  frames: z.array(frameFile),
  events: z.array(eventFile),
});

/** Reads one part of the corpus, a folder for each SDK. Throws for what has not the form. */
export function readCorpus(folder: string, part: CorpusPart): SdkCorpus[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map((sdk) => {
      const { frames, ...rest } = corpusFile.parse(
        JSON.parse(readFileSync(join(folder, sdk, `${part}.json`), "utf8")),
      );
      return { sdk, part, ...rest, frames: frames.map((one) => ({ ...one, frame: readFrame(one.frame) })) };
    });
}

/** Frames are read as intake reads them: as part of an event. */
function readFrame(frame: Readonly<Record<string, unknown>>): SentryFrame {
  const values = [{ type: "Error", stacktrace: { frames: [frame] } }];
  const [thrown] = eventSchema().parse({ entries: [{ type: "exception", data: { values } }] }).exceptions;
  const [read] = thrown?.frames ?? [];
  if (read === undefined) throw new Error(`no frame: ${JSON.stringify(frame)}`);
  return read;
}
