import { placeFile } from "../place-file.ts";
import type { Frame } from "../test-run.ts";
import type { Stack } from "./stack.ts";

const HEAD = /^\s*(?:\[cause\]: |Caused by: |Uncaught )?([A-Za-z_$][\w$.]*)(?: \[\w+\])?(?:: (.*))?$/;
const CAUSE = /^\s*(\[cause\]: |Caused by: )/;
const FRAME =
  /^\s*(?:at )?(?:async )?(?:(.*?) \()?((?:file:\/\/|node:|\/|[A-Za-z]:[\\/]|\.{0,2}[\w@.-]+\/)[^()]*?|[\w@.-]+\.[cm]?[jt]sx?):(\d+)(?::\d+)?\)?(?: \{)?$/;

/** A frame of V8, with or without `at`; undefined for any other line. */
export function readFrame(line: string, root: string): Frame | undefined {
  if (line.length > 1_000) return undefined;
  const [, name, file, number] = FRAME.exec(line) ?? [];
  if (file === undefined) return undefined;
  const called = name?.replace(/^(async|new) /, "").replace(/ \[as \w+\]$/, "");
  return {
    file: placeFile(file, root),
    ...(called === undefined || called.includes("<anonymous>") ? {} : { function: called }),
    line: Number(number),
  };
}

/** What an Error of V8 prints as: `Type: message`, its frames, and its causes. */
export function readJavaScript(text: string, root: string): Stack {
  const types: string[] = [];
  const message: string[] = [];
  const frames: Frame[] = [];
  let inMessage = true;
  for (const line of text.split("\n").slice(0, 2_000)) {
    const isCause = CAUSE.test(line);
    if (types.length === 0 || isCause) {
      const [, type, words] = HEAD.exec(line.slice(0, 1_000)) ?? [];
      if (type !== undefined && (isCause || /(Error|Exception|Failure|Abort)\w*$/.test(type)))
        types.push(type);
      if (!isCause) message.push(type !== undefined && types.length > 0 ? (words ?? "") : line);
      inMessage = !isCause;
      continue;
    }
    const frame = /^\s+at /.test(line) ? readFrame(line, root) : undefined;
    if (frame !== undefined) frames.push(frame);
    if (/^\s+at /.test(line)) inMessage = false;
    else if (inMessage) message.push(line);
  }
  return { types, message: message.join("\n"), frames };
}
