import { styleText } from "node:util";
import type { TimelineEntry } from "./story/timeline.ts";

/** Writes lines of progress; colours where the stream shows them. */
export type Terminal = {
  readonly entry: (entry: TimelineEntry) => void;
  readonly line: (text: string) => void;
  readonly good: (text: string) => void;
  readonly bad: (text: string) => void;
};

const ACTOR_WIDTH = 15;
const INDENT = 29;

const COLOURS: Readonly<Record<string, Parameters<typeof styleText>[0]>> = {
  visitors: "dim",
  Sentry: "magenta",
  "in your place": "yellow",
  "your e-mail": "green",
  "scripted agent": "yellow",
  stranger: "red",
};

export function openTerminal(stream: NodeJS.WriteStream): Terminal {
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream });
  const line = (text: string): void => void stream.write(`${text}\n`);
  const width = Math.max(60, stream.columns ?? 110);
  return {
    line,
    good: (text) => line(paint(["bold", "green"], text)),
    bad: (text) => line(paint(["bold", "red"], text)),
    entry: ({ at, actor, event }) => {
      const colour = COLOURS[actor] ?? "cyan";
      const [first = "", ...rest] = wrap(inert(event), width - INDENT);
      line(`${paint("dim", describeInstant(at))}  ${paint(colour, actor.padEnd(ACTOR_WIDTH))}  ${first}`);
      for (const text of rest) line(" ".repeat(INDENT) + text);
    },
  };
}

/** `Mon 18:02`, by the virtual clock in UTC. */
function describeInstant(iso: string): string {
  const day = new Date(iso).toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" });
  return `${day} ${iso.slice(11, 16)}`.padEnd(10);
}

/** Errors of the app are in it: nothing of them may steer the terminal. */
function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
}

/** Breaks at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
