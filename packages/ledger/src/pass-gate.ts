import type { GateFact } from "@patchpilot/incident";
import type { Gate, GateResult } from "./gates.ts";

/** A run of the repair workflow, as gates name it. */
export type GateRun = { readonly id: string; readonly attempt: number };

/** What a gate means for one run. `own`: this run attempt, or an earlier attempt of the same run, has passed it. */
export type GateView =
  | { readonly kind: "absent" | "unreadable" | "own" }
  /** The reason is the rest of a sentence, without a full stop. */
  | { readonly kind: "taken"; readonly reason: string };

/** Reads off a gate whether a run may still work on the attempt. Pure; a write of the gate decides a race. */
export function viewGate(gate: Gate, run: GateRun): GateView {
  if (gate.state !== "present") return { kind: gate.state };
  const { fact } = gate;
  if (fact.state === "closed") return { kind: "taken", reason: `the attempt is over: ${fact.outcome}` };
  if (fact.run !== run.id) return { kind: "taken", reason: `run ${fact.run} works on this attempt` };
  if (fact.runAttempt > run.attempt)
    return { kind: "taken", reason: `attempt ${fact.runAttempt} of this run works on it` };
  return { kind: "own" };
}

/** What a run wants its gate to say. */
type WantedFact = Extract<GateFact, { state: "working" | "publishing" }>;

/** Whether a gate says it already, or what comes after it. */
const says = (gate: Gate, { state, run, runAttempt }: WantedFact): boolean =>
  gate.state === "present" &&
  gate.fact.state !== "closed" &&
  gate.fact.run === run &&
  gate.fact.runAttempt === runAttempt &&
  (gate.fact.state === state || state === "working");

/** Replies may be lost and reads stale, so the gate is written again, but not for ever. */
const TRIES = 3;

export type GatePassage<Bar> =
  | { readonly state: "passed" }
  | { readonly state: "barred"; readonly bar: Bar }
  /** After three writes the gate does not say it. `unknown`: the last reply was lost. */
  | { readonly state: "refused" | "unknown"; readonly message: string };

/**
 * Writes a fact of this run to its gate. Every read is judged, the one after the last write as well: a write whose reply
 * was lost may have arrived.
 * @param known the gate as it was read before
 */
export async function passGate<Bar>(
  known: Gate,
  fact: WantedFact,
  ask: {
    /** Why this run must not pass; undefined if it may. */
    readonly judge: (gate: Gate) => Bar | undefined;
    readonly write: (from: Gate, fact: WantedFact) => Promise<Omit<GateResult, "key">>;
    readonly read: () => Promise<Gate>;
  },
): Promise<GatePassage<Bar>> {
  let gate = known;
  let last: { readonly state: "refused" | "unknown"; readonly message: string } | undefined;
  for (let tries = 0; ; tries += 1) {
    const bar = ask.judge(gate);
    if (bar !== undefined) return { state: "barred", bar };
    if (says(gate, fact)) return { state: "passed" };
    if (last !== undefined && tries === TRIES) return last;
    const { state, message } = await ask.write(gate, fact);
    if (state === "done") return { state: "passed" };
    last = { state, message };
    gate = await ask.read();
  }
}
