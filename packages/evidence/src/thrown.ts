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
};

const MOST_FRAMES = 250;
const MOST_EXCEPTIONS = 20;

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asJson = (value: unknown): Json => (isJson(value) ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const asNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
const asFlag = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);

/**
 * Reads the exceptions of an event, in both of Sentry's shapes: the API's (`entries`, camelCase) and the SDKs'
 * (`exception.values`, snake_case). Everything may be missing or null. Only named fields are read: never user,
 * request, headers, cookies, variables, breadcrumbs or contexts.
 * @returns the chain, oldest first: the last one is the outermost. Empty where the event holds none.
 */
export function readThrown(event: unknown): Thrown[] {
  const root = asJson(event);
  const part = (name: string): Json => {
    const entry = asList(root["entries"]).find((one) => asJson(one)["type"] === name);
    return asJson(entry === undefined ? root[name] : asJson(entry)["data"]);
  };
  const values = asList(part("exception")["values"]).filter(isJson).slice(-MOST_EXCEPTIONS);
  const chain = values.map(readException);
  if (chain.some((thrown) => thrown.frames.length > 0)) return chain;
  const frames = readCrashedThread(part("threads")) ?? readFrames(part("stacktrace"));
  if (frames.length === 0) return chain;
  const last = chain.at(-1) ?? { type: null, value: null, module: null, handled: null, frames: [] };
  return [...chain.slice(0, -1), { ...last, frames }];
}

function readException(value: Json): Thrown {
  return {
    type: asText(value["type"]),
    value: asText(value["value"]),
    module: asText(value["module"]),
    handled: asFlag(asJson(value["mechanism"])["handled"]),
    frames: readFrames(asJson(value["stacktrace"])),
  };
}

function readCrashedThread(threads: Json): Frame[] | null {
  const values = asList(threads["values"]).filter(isJson);
  const crashed =
    values.find((one) => one["crashed"] === true) ?? values.find((one) => one["current"] === true);
  return crashed === undefined ? null : readFrames(asJson(crashed["stacktrace"]));
}

function readFrames(stack: Json): Frame[] {
  return asList(stack["frames"])
    .filter(isJson)
    .slice(-MOST_FRAMES)
    .map((frame) => ({
      path: asText(frame["filename"]),
      absolutePath: asText(frame["absPath"] ?? frame["abs_path"]),
      module: asText(frame["module"]),
      function: asText(frame["function"]),
      line: asNumber(frame["lineNo"] ?? frame["lineno"]),
      column: asNumber(frame["colNo"] ?? frame["colno"]),
      inApp: asFlag(frame["inApp"] ?? frame["in_app"]),
      source: readSource(frame),
    }));
}

/** The API sends `context` as pairs of number and code; the SDKs send `context_line`. */
function readSource(frame: Json): string | null {
  const line = frame["lineNo"] ?? frame["lineno"];
  const pair = asList(frame["context"]).find((one) => asList(one)[0] === line && line != null);
  return asText(pair === undefined ? frame["context_line"] : asList(pair)[1]);
}

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
 * The exception that decides: the outermost that has frames, else the outermost. Null for none.
 */
export function primaryThrown(chain: readonly Thrown[]): Thrown | null {
  return chain.findLast((thrown) => thrown.frames.length > 0) ?? chain.at(-1) ?? null;
}

/** The frame that crashed: the last own one, else the last one. */
export function crashFrame(thrown: Thrown): Frame | null {
  return thrown.frames.findLast(isOwnFrame) ?? thrown.frames.at(-1) ?? null;
}
