import type { ErrorIdentity } from "../sources.ts";
import { normaliseMessage } from "./message.ts";
import { normaliseFrame, normalisePlace } from "./place.ts";

/** An error that may be another one under a new name. */
export type Neighbour = { readonly error: ErrorIdentity; readonly alike: "place" | "message" };

/** Errors of the same project in the same place, or with the same type and message. */
export function findNeighbours(own: ErrorIdentity, others: readonly ErrorIdentity[]): readonly Neighbour[] {
  const message = readMessage(own);
  return others
    .filter((other) => other.shortId !== own.shortId && isSameProject(own, other))
    .flatMap((other): Neighbour[] => {
      if (isSamePlace(own, other)) return [{ error: other, alike: "place" }];
      const isSameMessage = message !== null && message === readMessage(other);
      return isSameMessage ? [{ error: other, alike: "message" }] : [];
    });
}

const readMessage = ({ thrown: { type, message } }: ErrorIdentity): string | null =>
  normaliseMessage(type, message);

const isSameProject = (own: ErrorIdentity, other: ErrorIdentity): boolean =>
  own.projectId === null || other.projectId === null || own.projectId === other.projectId;

/** The culprit decides; where it says nothing of one of them, file and function do. */
function isSamePlace(own: ErrorIdentity, other: ErrorIdentity): boolean {
  const one = normalisePlace(own.culprit ?? "");
  const two = normalisePlace(other.culprit ?? "");
  if (one !== null && two !== null) return one === two;
  const frame = readFrame(own);
  return frame !== null && frame === readFrame(other);
}

const readFrame = ({ frame: { filename, function: called } }: ErrorIdentity): string | null =>
  filename === null || filename === "" ? null : normaliseFrame(filename, called ?? "");
