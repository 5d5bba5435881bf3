/** What a file leads to, by path: its imports within the repository. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Files that lead to each other, each circle sorted; a file that imports itself is one alone. */
export function findCircles(graph: Graph): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): void => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      else if (!open.includes(next)) continue;
      lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(file) !== number) return;
    const members = open.splice(open.indexOf(file)).sort();
    if (members.length > 1 || graph.get(file)?.includes(file)) circles.push(members);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}
