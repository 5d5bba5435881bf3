import { createHash } from "node:crypto";
import { SHOP, type TestWorld } from "@patchpilot/conformance/worlds/world";
import type { SentrySimulator } from "@patchpilot/simulators";

/**
 * Everything that the runs after a fault begin with, as a hash: worlds that have the same come to the same end, since
 * the rounds begin at fixed instants and nothing in them is left to chance. Not in it is what no action can change, as
 * Sentry's events; what no run reads, as git objects that no ref leads to; and the numbers that are given next.
 */
export function readPosition(
  { world }: TestWorld,
  sentry: SentrySimulator | undefined,
  more: readonly unknown[],
): string {
  const repository = world.repository(SHOP);
  const hash = createHash("sha256");
  for (const [name, value] of Object.entries(repository))
    if (isTable(value)) hash.update(`${name} ${JSON.stringify(value.list())}\n`);
    else if (typeof value !== "function" && name !== "git")
      hash.update(`${name} ${JSON.stringify(value, list)}\n`);
  hash.update(JSON.stringify(repository.git.refs.list("refs/")));
  for (const { events: _, ...issue } of sentry?.issues() ?? []) hash.update(JSON.stringify(issue, list));
  return hash.update(JSON.stringify(more)).digest("hex");
}

const isTable = (value: unknown): value is { readonly list: () => readonly unknown[] } =>
  typeof value === "object" && value !== null && "list" in value && typeof value.list === "function";

/** Maps and sets as lists, which JSON has not. */
const list = (_: string, value: unknown): unknown =>
  value instanceof Map || value instanceof Set ? [...value] : value;
