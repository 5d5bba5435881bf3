import type { FileMatch, RepositoryFiles } from "./file-match.ts";
import { findFile } from "./repository-files.ts";
import { type Frame, isOwnFrame, type Thrown } from "./thrown.ts";

/** A frame with the file that it leads to. */
export type MappedFrame = { readonly frame: Frame; readonly match: FileMatch; readonly own: boolean };

/** Maps the frames of one exception, oldest first. What leads into others' code is no own frame, whatever the reporter says. */
export function mapFrames(files: RepositoryFiles, thrown: Thrown): MappedFrame[] {
  return thrown.frames.map((frame) => {
    const match = findFile(files, frame);
    return { frame, match, own: isOwnFrame(frame) && match.kind !== "foreign" };
  });
}

/** The frame that crashed: the last own one, else the last that leads to a file, else the last. Null for none. */
export function findCrash(mapped: readonly MappedFrame[]): MappedFrame | null {
  return (
    mapped.findLast(({ own }) => own) ??
    mapped.findLast(({ match }) => "file" in match) ??
    mapped.at(-1) ??
    null
  );
}
