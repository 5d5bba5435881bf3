import {
  type GitHub,
  type MutationResult,
  type RefState,
  type RepositoryName,
  readRefs,
} from "@patchpilot/github";
import { type GateFact, gateFact } from "@patchpilot/incident";
import * as z from "zod";
import { type FactBase, gateRef, readFacts, writeFacts } from "./fact-commits.ts";

/**
 * A gate as its ref stands. `absent`: nobody passed yet. `unreadable`: a ref that is not ours; nobody passes. `movedAt`: by
 * GitHub's clock, in ISO 8601.
 */
export type Gate =
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly oid: string }
  | { readonly state: "present"; readonly oid: string; readonly fact: GateFact; readonly movedAt?: string };

const factsSchema = z.looseObject({ gates: z.record(z.string(), z.unknown()) });

/** Reads what a gate's ref says. Pure. */
export function toGate(key: string, ref: RefState | undefined): Gate {
  if (ref === undefined) return { state: "absent" };
  const facts = factsSchema.safeParse(readFacts(ref.message));
  const fact = gateFact.safeParse(facts.data?.gates[key]);
  if (!fact.success) return { state: "unreadable", oid: ref.oid };
  const moved = ref.committedAt === undefined ? {} : { movedAt: ref.committedAt };
  return { state: "present", oid: ref.oid, fact: fact.data, ...moved };
}

/** Reads gates by key, 100 a request; every key that was asked for is in the map. */
export async function readGates(
  github: GitHub,
  repository: RepositoryName,
  keys: readonly string[],
): Promise<Map<string, Gate>> {
  const refs = await readRefs(github, repository, keys.map(gateRef));
  return new Map(keys.map((key) => [key, toGate(key, refs.get(gateRef(key)))]));
}

/** A change of a gate: from what was read, to a fact. */
export type GateWrite = { readonly key: string; readonly from: Gate; readonly fact: GateFact };

/** `done`: the gate says it. `refused`: it moved meanwhile, or GitHub refuses the ref. `unknown`: read again. */
export type GateResult = {
  readonly key: string;
  readonly state: "done" | "refused" | "unknown";
  readonly message: string;
};

/**
 * Changes gates, each from exactly what was read: one commit that lists them all creates the absent ones and
 * fast-forwards the others. What another run changed in between is refused. A closed gate is never written over.
 */
export async function writeGates(
  github: GitHub,
  repository: RepositoryName,
  repositoryNodeId: string,
  base: FactBase,
  writes: readonly GateWrite[],
): Promise<GateResult[]> {
  const allowed = writes.filter(({ from }) => !(from.state === "present" && from.fact.state === "closed"));
  if (allowed.length === 0) return writes.map(({ key }) => closedAlready(key));
  const { results } = await writeFacts(
    github,
    { ...repository, nodeId: repositoryNodeId },
    {
      title: "PatchPilot gates",
      facts: { gates: Object.fromEntries(allowed.map(({ key, fact }) => [key, fact])) },
      base,
    },
    allowed.map(({ key, from }) => ({
      name: gateRef(key),
      from: from.state === "absent" ? undefined : from.oid,
    })),
  );
  const written = new Map(allowed.map(({ key }, index) => [key, results[index]]));
  return writes.map(({ key }) => {
    const result = written.get(key);
    return result === undefined ? closedAlready(key) : toResult(key, result);
  });
}

const closedAlready = (key: string): GateResult => ({
  key,
  state: "refused",
  message: "The gate is closed; nothing reopens it.",
});

const toResult = (key: string, result: MutationResult): GateResult =>
  result.state === "done"
    ? { key, state: "done", message: "" }
    : { key, state: result.state, message: result.message };
