import { chooseMain, type Mechanism } from "./main-exception.ts";
import { isMarkedForeign } from "./not-ours.ts";

/** One frame of a stack, as reported: hostile text, to be cleaned before it is shown. */
export type Frame = {
  /** The path as the SDK or Sentry shortened it. */
  readonly path: string | null;
  readonly absolutePath: string | null;
  readonly module: string | null;
  /** The package, library or image that holds the code, if the reporter says so. */
  readonly package?: string | null;
  readonly function: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Whether the reporter counts it as the application's; null where it does not say. */
  readonly inApp: boolean | null;
  /** The line of code that ran. */
  readonly source: string | null;
};

/** One exception of a chain. Frames are oldest first: the last one crashed. */
export type Thrown = {
  readonly type: string | null;
  readonly value: string | null;
  readonly module: string | null;
  readonly handled: boolean | null;
  readonly frames: readonly Frame[];
  /** Absent if the SDK does not say. */
  readonly mechanism?: Mechanism | null;
};

/** Whether a frame is the application's own: without a mark of others' code, and as the reporter says if he does. */
export function isOwnFrame(frame: Frame): boolean {
  if (isMarkedForeign(frame)) return false;
  return frame.inApp ?? Boolean(frame.absolutePath ?? frame.path ?? frame.module);
}

/**
 * The exception that decides: the one that Sentry names an issue by; if that has no frames, the outermost that has some.
 * Null for none.
 */
export function primaryThrown(chain: readonly Thrown[]): Thrown | null {
  const main = chooseMain(chain);
  return main?.frames.length === 0 ? (chain.findLast(({ frames }) => frames.length > 0) ?? main) : main;
}
