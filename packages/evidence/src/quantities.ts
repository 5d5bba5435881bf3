/** A count for people: `12,400`. */
export const describeCount = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");

/** Milliseconds for people: `0.042 ms`, `1.3 ms`, `910 ms`, `12.4 s`. */
export function describeMilliseconds(value: number): string {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
