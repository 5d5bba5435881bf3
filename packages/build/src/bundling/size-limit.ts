/** Bytes of JavaScript that one action may ship. */
export const SIZE_LIMIT = 950_000;

/** One line for the build log: `intake: 412.3 kB of 950 kB`. */
export function describeSize(name: string, bytes: number): string {
  return `${name}: ${(bytes / 1_000).toFixed(1)} kB of ${SIZE_LIMIT / 1_000} kB`;
}
