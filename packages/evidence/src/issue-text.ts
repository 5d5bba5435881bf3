import { given, readTextFrame } from "./issue-text-frames.ts";
import type { Frame, Thrown } from "./thrown.ts";

const LEFT_OUT = /^\s{0,8}\(\d{1,9} additional frame\(s\) were not displayed\)$/;
/** Stands before the frames of a message that was no exception. */
const BARE_STACK = /^Stacktrace \(most recent call (first|last)\):$/;
/** `Type: value` as Sentry writes it: a type may have `::`, but no other colon. */
const HEADER = /^((?:[^:\n]|::){1,200}):(?: (.*))?$/;
/** Names of classes in any language, `*errors.errorString`, `App\Exceptions\Full`; also `App Hanging`. */
const CLASS_NAME = /^[\w$*&\\@][\w$.\\*&@<>[\]`/+-]*(?:::[\w$.\\*&@<>[\]`/+-]+)*$/;
const TITLE_NAME = /^[A-Z]\w*(?: (?:\/ )?[A-Z]\w*){1,4}$/;
/** Where frames follow, the line above them is a header: such a name may have blanks. */
const NAME_ABOVE_FRAMES = /^[\w$*&\\@][\w$.\\*&@<>[\]`/+():, -]{0,120}$/;
const PLAIN_EXCEPTION = /^[\w$.\\*]+(?:::\w+)*(?<=\w(?:Error|Exception))$/;

type Draft = {
  readonly header: string[];
  readonly frames: Frame[];
  /** Which end Sentry says that frames were left out at, or which call it says to be first. */
  order: "oldest" | "newest" | null;
  ended: boolean;
  /** It was logged and not thrown: it has no type. */
  readonly logged?: boolean;
};

/**
 * Reads exceptions from the text that Sentry writes into an issue: `Type: value`, then about five frames, for each
 * exception of the chain. Sentry writes the newest frame first except for Python; what it left out tells the order. What
 * was logged with the exceptions comes after them, and is none.
 * @param text what is between the first two fences of the body.
 * @returns the chain, its frames oldest first.
 */
export function readIssueText(text: string): Thrown[] {
  const drafts: Draft[] = [];
  for (const line of text.split("\n").slice(0, 2000)) readLine(line, drafts);
  const isOldestFirst =
    drafts.some(({ order }) => order === "oldest") ||
    (drafts.every(({ order }) => order === null) && drafts.some(hasPython));
  return dropLogged(drafts.flatMap(splitHeaders))
    .map((draft) => finish(draft, isOldestFirst))
    .filter((thrown) => thrown.type !== null || thrown.value !== null || thrown.frames.length > 0);
}

const hasPython = ({ frames }: Draft): boolean => frames.some(({ path }) => /\.py[wx]?$/.test(path ?? ""));

function readLine(line: string, drafts: Draft[]): void {
  const last = drafts.at(-1);
  const bare = BARE_STACK.exec(line);
  if (bare !== null) {
    openDraft(drafts, bare[1] === "last" ? "oldest" : "newest");
    return;
  }
  const frame = readTextFrame(line);
  if (frame !== null) {
    (last ?? openDraft(drafts)).frames.push(frame);
    return;
  }
  if (LEFT_OUT.test(line)) {
    const draft = last ?? openDraft(drafts);
    draft.order = draft.frames.length === 0 ? "oldest" : "newest";
    return;
  }
  readPlainLine(line, last, drafts);
}

/** A line of code below its frame, the end of a stack, or a part of a message. */
function readPlainLine(line: string, last: Draft | undefined, drafts: Draft[]): void {
  const trimmed = line.trim();
  const crashed = last?.frames.at(-1);
  if (trimmed === "...") return;
  if (trimmed === "") {
    if (crashed !== undefined && last !== undefined) last.ended = true;
    else if (last !== undefined && last.header.length > 0) last.header.push("");
    return;
  }
  if (last !== undefined && crashed !== undefined && !last.ended && /^\s{2,}/.test(line)) {
    last.frames[last.frames.length - 1] = { ...crashed, source: crashed.source ?? trimmed };
    return;
  }
  const draft = last === undefined || last.frames.length > 0 ? openDraft(drafts) : last;
  draft.header.push(line);
}

function openDraft(drafts: Draft[], order: Draft["order"] = null): Draft {
  const draft: Draft = { header: [], frames: [], order, ended: false };
  drafts.push(draft);
  return draft;
}

/** Exceptions without frames have no blank line after them: `CauseError: a`, `TypeError: b`, then frames. */
function splitHeaders(draft: Draft): Draft[] {
  const names = draft.header.map((line) => HEADER.exec(line)?.[1] ?? "");
  const first = names.findIndex((name) => !PLAIN_EXCEPTION.test(name));
  const count = first === -1 ? names.length : first;
  if (count < 2) return [draft];
  const alone = draft.header.slice(0, count - 1);
  return [
    ...alone.map((line): Draft => ({ header: [line], frames: [], order: null, ended: true })),
    { ...draft, header: draft.header.slice(count - 1) },
  ];
}

/** What was logged is the last text without frames. Behind a bare stack it is the message, behind exceptions it is left out. */
function dropLogged(drafts: readonly Draft[]): readonly Draft[] {
  const logged = drafts.at(-1);
  const before = drafts.at(-2);
  if (logged === undefined || before === undefined || logged.frames.length > 0 || before.frames.length === 0)
    return drafts;
  if (before.header.length === 0)
    return [...drafts.slice(0, -2), { ...before, header: logged.header, logged: true }];
  return PLAIN_EXCEPTION.test(HEADER.exec(logged.header[0] ?? "")?.[1] ?? "") ? drafts : drafts.slice(0, -1);
}

function finish({ header, frames, logged }: Draft, isOldestFirst: boolean): Thrown {
  const text = header.join("\n").trim();
  const found = HEADER.exec(header[0] ?? "");
  const name = found?.[1] ?? "";
  const isType =
    logged !== true &&
    (CLASS_NAME.test(name) || TITLE_NAME.test(name) || (frames.length > 0 && NAME_ABOVE_FRAMES.test(name)));
  const value = [found?.[2] ?? "", ...header.slice(1)].join("\n").trim();
  return {
    type: isType ? given(name) : null,
    value: given(isType ? value : text),
    module: null,
    handled: null,
    frames: isOldestFirst ? frames : frames.toReversed(),
  };
}
