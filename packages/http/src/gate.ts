/** Lets a task pass when there is room for it. */
type Gate = <R>(task: () => Promise<R>) => Promise<R>;

/** Lets so many tasks run at the same time; the others wait in the order in which they came. */
export function createGate(most: number): Gate {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (task) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** So few questions at the same time are refused by no provider. */
const FEW = 5;

/** Runs a task for each item, a few at a time; answers in order. */
export function inTurn<T, R>(items: readonly T[], task: (item: T) => Promise<R> | R): Promise<R[]> {
  const pass = createGate(FEW);
  return Promise.all(items.map((item) => pass(async () => task(item))));
}
