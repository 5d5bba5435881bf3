/** A Node with an npm, as people have them together. */
export type Combination = { readonly node: string; readonly npm: string };

/** Each Node that the demo promises to start on, with the oldest and the newest npm that people have beside it. */
export const COMBINATIONS: readonly Combination[] = [
  { node: "20.20.2", npm: "10.8.3" },
  { node: "20.20.2", npm: "11.21.2" },
  { node: "22.23.3", npm: "10.9.8" },
  { node: "22.23.3", npm: "12.2.2" },
  { node: "24.21.0", npm: "11.21.2" },
  { node: "24.21.0", npm: "12.2.2" },
];

/** What one run tries: "own" is the Node and the npm of this machine. */
export type CombinationChoice = readonly (Combination | "own")[];

/**
 * @param args none: the whole table; `20` or `20/10.8`: what begins so; `--own`: this machine's; `--one-other`: the first
 *   with another Node than this machine's
 * @param own this machine's Node, such as 20.20.2
 * @throws {Error} if an argument selects nothing
 */
export function selectCombinations(args: readonly string[], own: string): CombinationChoice {
  if (args.length === 0) return COMBINATIONS;
  return args.flatMap((arg): CombinationChoice => {
    if (arg === "--own") return ["own"];
    const others = COMBINATIONS.filter(({ node }) => readMajor(node) !== readMajor(own));
    const selected = arg === "--one-other" ? others.slice(0, 1) : COMBINATIONS.filter(isNamedBy(arg));
    if (selected.length > 0) return selected;
    throw new Error(`${arg} selects nothing of ${COMBINATIONS.map(nameCombination).join(", ")}.`);
  });
}

/** As ci.yml and the command line name it: 20/10.8. */
export function nameCombination({ node, npm }: Combination): string {
  return `${readMajor(node)}/${npm.split(".").slice(0, 2).join(".")}`;
}

const isNamedBy =
  (arg: string) =>
  (combination: Combination): boolean =>
    arg === nameCombination(combination) || arg === readMajor(combination.node);

function readMajor(version: string): string {
  return version.split(".")[0] ?? "";
}
