import type { Frame } from "../test-run.ts";
import type { Stack } from "./stack.ts";

const HEAD = /^(?:Caused by: )?((?:[\w$]+\.)+[\w$]+)(?:: (.*))?$/;
const FRAME = /^\s*at (?:[\w.@-]+\/{1,2})?([\w$.<>]+)\(([\w$]+\.\w+)(?::(\d+))?\)/;

/** What the JVM prints of a Throwable and its causes. A file is known by its package's folder: `shop/Cart.java`. */
export function readJava(text: string): Stack {
  const types: string[] = [];
  const message: string[] = [];
  const frames: Frame[] = [];
  let inMessage = false;
  for (const line of text.split("\n").slice(0, 2_000)) {
    const frame = readFrame(line);
    if (frame !== undefined) frames.push(frame);
    const isCause = line.startsWith("Caused by: ");
    const head = types.length === 0 || isCause ? HEAD.exec(line.trimEnd().slice(0, 2_000)) : undefined;
    if (head?.[1] !== undefined) {
      inMessage = types.length === 0;
      types.push(head[1]);
      if (inMessage) message.push(head[2] ?? "");
    } else if (/^\s*(at |\.\.\. )/.test(line)) inMessage = false;
    else if (inMessage) message.push(line);
  }
  return { types, message: message.join("\n"), frames };
}

function readFrame(line: string): Frame | undefined {
  const [, called, file, number] = FRAME.exec(line.slice(0, 1_000)) ?? [];
  if (called === undefined || file === undefined) return undefined;
  const folder = called.split(".").slice(0, -2).join("/");
  return {
    file: folder === "" ? file : `${folder}/${file}`,
    function: called,
    ...(number === undefined ? {} : { line: Number(number) }),
  };
}
