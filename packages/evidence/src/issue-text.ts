import type { Frame, Thrown } from "./thrown.ts";

/** `  File "path", line 28, in DocsSDK.create`: Sentry's frame for most platforms. */
const FILE_FRAME = /^\s{0,8}File "([^"\n]{1,1000})"(?:, line (\d{1,9}))?(?:, in (.{1,300}))?$/;
/** `  at total (app/cart.js:71:23)` and `    at com.acme.Cart.total(Cart.java:71)`. */
const AT_FRAME = /^\s{0,8}at ([^\n()]{1,300}?) ?\(([^()\n]{1,1000}?)(?::(\d{1,9}))?(?::(\d{1,9}))?\)$/;
const LEFT_OUT = /^\s{0,8}\(\d{1,9} additional frame\(s\) were not displayed\)$/;
const HEADER = /^([A-Za-z_$][\w$.]{0,200}(?:::[\w$]{1,100}){0,8}): (.*)$/;

type Draft = { header: string[]; frames: Frame[]; leftOut: "before" | "after" | null };

/**
 * Reads exceptions from the text that Sentry writes into an issue: `Type: value`, then about five frames, for each
 * exception of the chain. Sentry writes the newest frame first except for Python; what it left out tells the order.
 * @param text what stands between the first two fences of the body.
 * @returns the chain, its frames oldest first.
 */
export function readIssueText(text: string): Thrown[] {
  const drafts: Draft[] = [];
  for (const line of text.split("\n").slice(0, 2000)) readLine(line, drafts);
  return drafts
    .map(finish)
    .filter((thrown) => thrown.type !== null || thrown.value !== null || thrown.frames.length > 0);
}

function readLine(line: string, drafts: Draft[]): void {
  const last = drafts.at(-1);
  const frame = readFrame(line);
  if (frame !== null) {
    const draft = last ?? openDraft(drafts);
    draft.frames.push(frame);
    return;
  }
  if (LEFT_OUT.test(line)) {
    const draft = last ?? openDraft(drafts);
    draft.leftOut = draft.frames.length === 0 ? "before" : "after";
    return;
  }
  const trimmed = line.trim();
  if (trimmed === "" || trimmed === "...") return;
  const crashed = last?.frames.at(-1);
  if (last !== undefined && crashed !== undefined && /^\s{2,}/.test(line)) {
    last.frames[last.frames.length - 1] = { ...crashed, source: crashed.source ?? trimmed };
    return;
  }
  const draft =
    last === undefined || last.frames.length > 0 || last.leftOut !== null ? openDraft(drafts) : last;
  draft.header.push(line);
}

function openDraft(drafts: Draft[]): Draft {
  const draft: Draft = { header: [], frames: [], leftOut: null };
  drafts.push(draft);
  return draft;
}

function readFrame(line: string): Frame | null {
  const file = FILE_FRAME.exec(line);
  if (file !== null) return makeFrame(file[1], file[2], undefined, file[3]);
  const at = AT_FRAME.exec(line);
  if (at === null) return null;
  const frame = makeFrame(at[2], at[3], at[4], at[1]);
  return /\.(?:java|kt|scala|groovy)$/.test(frame.path ?? "")
    ? { ...frame, module: parseClass(at[1] ?? "") }
    : frame;
}

function makeFrame(path?: string, line?: string, column?: string, name?: string): Frame {
  return {
    path: path ?? null,
    absolutePath: null,
    module: null,
    function: name === undefined || name === "?" ? null : name,
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
    inApp: null,
    source: null,
  };
}

/** `com.acme.Cart$Inner.total` -> `com.acme.Cart`. */
function parseClass(method: string): string | null {
  const name = method.slice(0, Math.max(0, method.lastIndexOf("."))).replace(/\$.*$/, "");
  return name === "" ? null : name;
}

function finish(draft: Draft): Thrown {
  const text = draft.header.join("\n");
  const header = HEADER.exec(draft.header[0] ?? "");
  const rest = draft.header.slice(1).join("\n");
  const isOldestFirst =
    draft.leftOut === "before" ||
    (draft.leftOut === null && draft.frames.some((frame) => /\.pyw?$/.test(frame.path ?? "")));
  return {
    type: header?.[1] ?? null,
    value:
      header === null ? text || null : [header[2], rest].filter((part) => part !== "").join("\n") || null,
    module: null,
    handled: null,
    frames: isOldestFirst ? draft.frames : draft.frames.toReversed(),
  };
}
