/** A duration for people: `0.042 ms`, `0.8 ms`, `910 ms`, `1.71 s`, `75 s`. */
export function formatDuration(value: number): string {
  if (value >= 10_000) return `${Math.round(value / 1000)} s`;
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/**
 * A duration in milliseconds as records hold it: to a tenth, or under 10 ms to a microsecond, for a threshold of 0.04 ms
 * that became 0 would be exceeded by everything.
 */
export function roundDuration(value: number): number {
  const steps = value < 10 ? 1000 : 10;
  return Math.round(value * steps) / steps;
}
