import { chooseMainException } from "./main-exception.ts";
import type { SdkEvent, SdkException, SdkFrame } from "./sdk-event.ts";

/** What every event of a kind shows in the API: all but its id, time, issue and release. */
export type ApiEvent = {
  readonly title: string;
  readonly message: string;
  readonly culprit: string;
  readonly location: string | null;
  readonly level: string;
  readonly platform: string;
  readonly entries: readonly { readonly type: string; readonly data: unknown }[];
  /** Without release and environment, which each event has of its own. */
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: {
    readonly type?: string;
    readonly value: string;
    readonly filename: string;
    readonly function: string;
  };
  readonly contexts: Readonly<Record<string, unknown>>;
  /** What the app added; the API calls it `context`. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly sdk: { readonly name: string; readonly version: string };
  readonly handled: boolean;
};

/** Turns an SDK's event (snake_case) into what the API shows (camelCase), as Sentry's normalisation does. */
export function toApiEvent(event: SdkEvent): ApiEvent {
  const exceptions = event.exception?.values ?? [];
  const raised = exceptions.at(-1);
  const main = chooseMainException(exceptions);
  const frame = chooseCrashFrame(raised);
  const message = event.logentry?.formatted ?? event.logentry?.message ?? event.message ?? "";
  const title = main ? nameException(main, frame) : message || "<unlabeled event>";
  const handled = raised?.mechanism?.handled ?? true;
  return {
    title,
    message: raised ? "" : message,
    culprit:
      event.transaction ??
      [frame?.function, frame?.filename && `(${frame.filename})`].filter(Boolean).join(""),
    location: frame?.filename ?? null,
    level: event.level ?? "error",
    platform: event.platform ?? "node",
    entries: toEntries(event, message),
    tags: {
      ...event.tags,
      level: event.level ?? "error",
      handled: handled ? "yes" : "no",
      ...(raised?.mechanism?.type ? { mechanism: raised.mechanism.type } : {}),
      ...(event.transaction ? { transaction: event.transaction } : {}),
      ...(event.logger ? { logger: event.logger } : {}),
      ...(event.server_name ? { server_name: event.server_name } : {}),
    },
    metadata: {
      ...(main?.mechanism?.synthetic === true ? {} : { type: (main?.type ?? "Error").slice(0, 128) }),
      value: (main?.value ?? message).slice(0, 1024),
      filename: frame?.filename ?? "",
      function: frame?.function ?? "",
    },
    contexts: event.contexts ?? {},
    extra: event.extra ?? {},
    sdk: { name: event.sdk?.name ?? "sentry.javascript.node", version: event.sdk?.version ?? "10.78.0" },
    handled,
  };
}

/** "Type: value"; the function, if the SDK made the exception up. */
function nameException({ type = "Error", value = "", mechanism }: SdkException, crash?: SdkFrame): string {
  if (mechanism?.synthetic === true) return crash?.function ?? "<unknown>";
  const [firstLine = ""] = value.split("\n");
  const shown = firstLine.length > 256 ? `${firstLine.slice(0, 253)}...` : firstLine;
  return shown === "" ? type : `${type}: ${shown}`;
}

/** The newest frame of the app, else the newest of all: SDKs send the oldest first. */
export function chooseCrashFrame(exception: SdkException | undefined): SdkFrame | undefined {
  const frames = exception?.stacktrace?.frames ?? [];
  return frames.findLast(({ in_app }) => in_app) ?? frames.at(-1);
}

function toEntries(event: SdkEvent, message: string): ApiEvent["entries"] {
  const entries: { type: string; data: unknown }[] = [];
  const exceptions = event.exception?.values ?? [];
  if (exceptions.length > 0) {
    const values = exceptions.map(toApiException);
    entries.push({ type: "exception", data: { values, hasSystemFrames: true, excOmitted: null } });
  } else if (message !== "") {
    entries.push({ type: "message", data: { formatted: message } });
  }
  if (event.breadcrumbs?.length) {
    const values = event.breadcrumbs.map(({ timestamp, ...crumb }) => ({
      ...crumb,
      timestamp: toIso(timestamp),
    }));
    entries.push({ type: "breadcrumbs", data: { values } });
  }
  if (event.request) {
    const { method = "GET", url = "", data = null, headers = {}, cookies = {} } = event.request;
    const query = [...new URLSearchParams(event.request.query_string)];
    const pairs = { headers: Object.entries(headers), cookies: Object.entries(cookies), query };
    entries.push({ type: "request", data: { method, url, ...pairs, data } });
  }
  return entries;
}

function toIso(timestamp: unknown): string | null {
  return typeof timestamp === "number" ? new Date(timestamp * 1_000).toISOString() : null;
}

function toApiException({ type, value, module, mechanism, stacktrace }: SdkException) {
  const frames = (stacktrace?.frames ?? []).map(toApiFrame);
  return {
    type: type ?? null,
    value: value ?? null,
    module: module ?? null,
    mechanism: mechanism ?? null,
    threadId: null,
    stacktrace: stacktrace ? { frames, framesOmitted: null, hasSystemFrames: true, registers: null } : null,
    rawStacktrace: null,
  };
}

function toApiFrame(frame: SdkFrame) {
  return {
    filename: frame.filename ?? null,
    absPath: frame.abs_path ?? frame.filename ?? null,
    module: frame.module ?? null,
    package: frame.package ?? null,
    platform: null,
    instructionAddr: null,
    symbolAddr: null,
    function: frame.function ?? null,
    rawFunction: null,
    symbol: null,
    context: toContext(frame),
    lineNo: frame.lineno ?? null,
    colNo: frame.colno ?? null,
    inApp: frame.in_app ?? false,
    trust: null,
    errors: null,
    vars: frame.vars ?? null,
    sourceLink: null,
  };
}

function toContext({
  lineno = 0,
  pre_context = [],
  context_line,
  post_context = [],
}: SdkFrame): [number, string][] {
  if (context_line === undefined) return [];
  const lines = [...pre_context, context_line, ...post_context];
  return lines.map((line, index) => [lineno - pre_context.length + index, line]);
}
