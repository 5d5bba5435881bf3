/**
 * How many times as long work takes with eight times as much to do: about 8 if its time is linear, 64 if it is squared.
 * It reads the machine's clock, so it is only for tests named `*.growth.test.ts`, which `npm run bench:growth` runs.
 * @param size of the smaller piece of work
 */
export function growthOf(work: (size: number) => void, size: number): number {
  work(size);
  return shortestTime(() => work(8 * size)) / shortestTime(() => work(size));
}

/** Milliseconds; the shortest of five times, which what else the machine does disturbs least. */
function shortestTime(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return Math.min(...times);
}
