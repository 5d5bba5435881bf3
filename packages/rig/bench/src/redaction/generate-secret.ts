/** Draws a number from 0 up to and without 1. */
export type Draw = () => number;

const PRINTABLE = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at));
const QUANTITY = /\{(\d+)(?:,(\d+))?\}|\?/y;

/** Draws a text in a format: letters, classes, groups with alternatives, and bounded counts. */
export function generateSecret(format: string, draw: Draw): string {
  const { text, end } = drawAlternatives(format, 0, draw);
  if (end < format.length)
    throw new Error(`The format ${format} has something at ${end} that is not understood.`);
  return text;
}

type Drawn = { readonly text: string; readonly end: number };

function drawAlternatives(format: string, from: number, draw: Draw): Drawn {
  const choices: string[] = [];
  let at = from;
  for (;;) {
    const sequence = drawSequence(format, at, draw);
    choices.push(sequence.text);
    at = sequence.end;
    if (format[at] !== "|") break;
    at += 1;
  }
  return { text: choices[Math.floor(draw() * choices.length)] ?? "", end: at };
}

function drawSequence(format: string, from: number, draw: Draw): Drawn {
  let text = "";
  let at = from;
  while (at < format.length && format[at] !== "|" && format[at] !== ")") {
    const unit = unitAt(format, at);
    QUANTITY.lastIndex = unit.end;
    const quantity = QUANTITY.exec(format);
    at = quantity === null ? unit.end : QUANTITY.lastIndex;
    const least = quantity === null ? 1 : Number(quantity[1] ?? 0);
    const most = quantity === null ? 1 : Number(quantity[2] ?? quantity[1] ?? 1);
    const count = least + Math.floor(draw() * (Math.min(most, least + 60) - least + 1));
    for (let one = 0; one < count; one += 1) text += unit.make(draw);
  }
  return { text, end: at };
}

type Unit = { readonly end: number; readonly make: (draw: Draw) => string };

function unitAt(format: string, at: number): Unit {
  if (format.startsWith("(?:", at)) {
    const { end } = drawAlternatives(format, at + 3, () => 0);
    return { end: end + 1, make: (draw) => drawAlternatives(format, at + 3, draw).text };
  }
  const source = /^(?:\[(?:\\.|[^\]\\])+\]|\\.|[\s\S])/.exec(format.slice(at))?.[0] ?? "";
  const set = source === "." ? ["."] : PRINTABLE.filter((letter) => new RegExp(`^${source}$`).test(letter));
  return { end: at + source.length, make: (draw) => set[Math.floor(draw() * set.length)] ?? source };
}
