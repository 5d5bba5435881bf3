import { chooseMain, type Mechanism } from "./main-exception.ts";

/** One frame of a stack, as reported: hostile text, to be cleaned before it is shown. */
export type Frame = {
  /** The path as the SDK or Sentry shortened it. */
  readonly path: string | null;
  readonly absolutePath: string | null;
  readonly module: string | null;
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

/** Where dependencies and runtimes live. */
const NOT_OURS =
  /(?:^|[/\\])(?:node_modules|site-packages|dist-packages|bower_components|\.pnpm|\.yarn|gems|go\/pkg\/mod)[/\\]|^(?:node:|internal\/|native |<|‹|\[native)|^(?:java|javax|jdk|sun|kotlin|scala)\./;

/** Whether a frame is the application's own: as the reporter says, else by its path. */
export function isOwnFrame(frame: Frame): boolean {
  if (frame.inApp !== null) return frame.inApp;
  const path = frame.absolutePath ?? frame.path ?? frame.module ?? "";
  return path !== "" && !NOT_OURS.test(path) && !NOT_OURS.test(frame.path ?? "");
}

/**
 * The exception that decides: the one that Sentry names an issue by; if that has no frames, the outermost that has some.
 * Null for none.
 */
export function primaryThrown(chain: readonly Thrown[]): Thrown | null {
  const main = chooseMain(chain);
  return main?.frames.length === 0 ? (chain.findLast(({ frames }) => frames.length > 0) ?? main) : main;
}

/** The frame that crashed: the last own one, else the last one. */
export function findCrashFrame(thrown: Thrown): Frame | null {
  return thrown.frames.findLast(isOwnFrame) ?? thrown.frames.at(-1) ?? null;
}
