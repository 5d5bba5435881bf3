import { unprocessable } from "../state/refusal.ts";

/**
 * Reads a range of instants in GitHub's search syntax: `>=T`, `>T`, `<=T`, `<T`, `A..B` (either end may be `*`), `T`.
 * A day without a time is that whole day. @throws Refusal 422 where it is none of these.
 */
export function instantRange(range: string | undefined): (instant: string) => boolean {
  if (range === undefined) return () => true;
  const [, operator, bound] = /^(>=|<=|>|<)(.+)$/.exec(range) ?? [];
  if (bound !== undefined) {
    const { from, to } = readSpan(bound);
    const tests = {
      ">=": (time: number) => time >= from,
      ">": (time: number) => time > to,
      "<=": (time: number) => time <= to,
      "<": (time: number) => time < from,
    };
    const test = tests[operator as keyof typeof tests];
    return (instant) => test(Date.parse(instant));
  }
  const [start = "", end = start] = range.split("..");
  const from = start === "*" ? Number.NEGATIVE_INFINITY : readSpan(start).from;
  const to = end === "*" ? Number.POSITIVE_INFINITY : readSpan(end).to;
  return (instant) => Date.parse(instant) >= from && Date.parse(instant) <= to;
}

const DAY = 86_400_000;

function readSpan(text: string): { from: number; to: number } {
  const from = Date.parse(text);
  if (Number.isNaN(from)) throw unprocessable(`${text} is not a date that this filter understands.`);
  return { from, to: /^\d{4}-\d{2}-\d{2}$/.test(text) ? from + DAY - 1 : from };
}
