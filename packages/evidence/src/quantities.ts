/** A count for people: `12,400`. */
export const describeCount = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");

/** A count with its noun: `1 error`, `2 errors`, `1 match`, `2 matches`. */
export const countThings = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${describeCount(count)} ${count === 1 ? noun : nouns}`;

/** Milliseconds for people: `0.042 ms`, `1.3 ms`, `910 ms`, `12.4 s`. */
export function describeMilliseconds(value: number): string {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** A rate: `2 an hour`, `3.5 a day`, `2 errors an hour`. */
export function describeRate(perHour: number, things?: string): string {
  const [count, unit] = perHour >= 1 ? [perHour, "an hour"] : [perHour * 24, "a day"];
  return [shorten(count), ...(things === undefined ? [] : [things]), unit].join(" ");
}

/** Two rates in the unit of the higher one: `from 5.4 to 2.5 an hour`. */
export function describeRateChange(before: number, after: number): string {
  const [factor, unit] = Math.max(before, after) >= 1 ? [1, "an hour"] : [24, "a day"];
  return `from ${shorten(before * factor)} to ${shorten(after * factor)} ${unit}`;
}

const shorten = (value: number): string =>
  value < 10 ? String(Math.round(value * 10) / 10) : describeCount(value);
