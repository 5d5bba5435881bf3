import { z } from "zod";
import { lenient, lenientList, lenientText, lenientValues } from "./lenient.ts";
import { once } from "./once.ts";

/** One frame of a stack, as it was reported: hostile text. */
export type SentryFrame = {
  /** The path as the SDK or Sentry shortened it. */
  readonly path: string | null;
  readonly absolutePath: string | null;
  readonly module: string | null;
  /** The package, library or image that holds the code. */
  readonly package?: string | null;
  readonly function: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Whether the SDK counts it as the application's; null where it does not say. */
  readonly inApp: boolean | null;
  /** The line of code that ran. */
  readonly source: string | null;
};

export type SentryException = {
  readonly type: string | null;
  readonly value: string | null;
  readonly module: string | null;
  readonly handled: boolean | null;
  /** Oldest call first: the crash is the last one. */
  readonly frames: readonly SentryFrame[];
  /** Where it is in the tree of causes and groups, and what caught it; absent if the SDK does not say. */
  readonly mechanism?: z.output<ReturnType<typeof mechanism>>;
};

const MOST_FRAMES = 250;
const MOST_EXCEPTIONS = 20;

/** The parts of an event that may hold a stack: data of entries in the API's shape, or fields in the SDKs'. */
export type StackParts = Readonly<Record<"exception" | "threads" | "stacktrace", unknown>>;

/**
 * The chain of exceptions of an event, oldest first: the last one is the one that was raised. Both of Sentry's shapes
 * are read, the API's camelCase and the SDKs' snake_case. Where no exception has frames, those of the thread that
 * crashed (else of the current one) stand in, or a bare stack: hangs and native crashes come so. Only named fields are
 * taken over, so never variables or registers.
 */
export function readExceptions(parts: StackParts): readonly SentryException[] {
  const chain = exceptions().parse(parts.exception);
  if (chain.some(({ frames }) => frames.length > 0)) return chain;
  const threadFrames = crashedThread().parse(parts.threads);
  const frames = threadFrames.length > 0 ? threadFrames : stack().parse(parts.stacktrace);
  if (frames.length === 0) return chain;
  const last = chain.at(-1) ?? { type: null, value: null, module: null, handled: null };
  return [...chain.slice(0, -1), { ...last, frames }];
}

/** Some serialisers write every number as a text. */
const number = () =>
  z.union([
    z.int().min(0),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]);
const whole = () => lenient(number());
const flag = () => lenient(z.boolean());

/** One frame, in the API's shape or the SDKs'. */
export const frameSchema = once(() =>
  z
    .object({
      filename: lenientText(),
      absPath: lenientText(),
      abs_path: lenientText(),
      module: lenientText(),
      package: lenientText(),
      function: lenientText(),
      lineNo: whole(),
      lineno: whole(),
      colNo: whole(),
      colno: whole(),
      inApp: flag(),
      in_app: flag(),
      context: lenientList(z.tuple([number(), z.string()])),
      context_line: lenientText(),
    })
    .transform((raw): SentryFrame => {
      const line = raw.lineNo ?? raw.lineno;
      return {
        path: raw.filename,
        absolutePath: raw.absPath ?? raw.abs_path,
        module: raw.module,
        package: raw.package,
        function: raw.function,
        line,
        column: raw.colNo ?? raw.colno,
        inApp: raw.inApp ?? raw.in_app,
        source: raw.context.find(([number]) => number === line)?.[1] ?? raw.context_line,
      };
    }),
);

/** The frames of a stack; of an endless one the newest. */
const stack = once(() =>
  lenient(z.object({ frames: lenientList(frameSchema()) })).transform((value): readonly SentryFrame[] =>
    (value?.frames ?? []).slice(-MOST_FRAMES),
  ),
);

/** Both shapes write its names alike. */
const mechanism = once(() =>
  lenient(
    z
      .object({
        type: lenientText(),
        source: lenientText(),
        handled: flag(),
        exception_id: whole(),
        parent_id: whole(),
        is_exception_group: flag(),
      })
      .transform(({ exception_id: id, parent_id: parent, is_exception_group: isGroup, ...raw }) => ({
        ...raw,
        id,
        parent,
        isGroup: isGroup === true,
      })),
  ),
);

const exceptions = once(() => {
  const exception = z.object({
    type: lenientText(),
    value: lenientText(),
    module: lenientText(),
    mechanism: mechanism(),
    stacktrace: stack(),
  });
  return lenientValues(exception).transform((values) =>
    values.slice(-MOST_EXCEPTIONS).map(
      ({ stacktrace, ...raw }): SentryException => ({
        ...raw,
        handled: raw.mechanism?.handled ?? null,
        frames: stacktrace,
      }),
    ),
  );
});

const crashedThread = once(() => {
  const thread = z.object({ crashed: flag(), current: flag(), stacktrace: stack() });
  return lenientValues(thread).transform((threads): readonly SentryFrame[] => {
    const crashed = threads.find((one) => one.crashed === true);
    return (crashed ?? threads.find((one) => one.current === true))?.stacktrace ?? [];
  });
});
