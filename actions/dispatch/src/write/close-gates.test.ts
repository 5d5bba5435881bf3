import type { Gate, GateResult } from "@patchpilot/ledger";
import { describe, expect, it } from "vitest";
import type { DispatchPorts } from "../ports.ts";
import { atWork, settingsOf } from "../testing/facts.ts";
import { working } from "../testing/gates.ts";
import { merged } from "../testing/runs.ts";
import { closeGates } from "./close-gates.ts";

const HOME = { nodeId: "R_1", base: { oid: "b1", tree: "t1" } };
const KEY = "pp-4242-12-a1";
const ABSENT: Gate = { state: "absent" };

/** Settles a merged attempt whose closing is answered so, and whose gate is found so afterwards. */
async function settleMerged(answer: Pick<GateResult, "state" | "message">, gateNow = ABSENT) {
  const ports: Pick<DispatchPorts, "readGates" | "writeGates"> = {
    writeGates: async () => [{ key: KEY, ...answer }],
    readGates: async () => new Map([[KEY, gateNow]]),
  };
  const facts = atWork({ pullRequest: merged });
  const [settled] = await closeGates([facts], ports, settingsOf(), async () => HOME);
  return settled?.settlement;
}
const refused = (message: string) => ({ state: "refused", message }) as const;

describe("closing a gate", () => {
  it("is the outcome", async () => {
    expect(await settleMerged({ state: "done", message: "" })).toMatchObject({
      kind: "settled",
      outcome: "merged",
    });
  });

  it.each([
    ["GitHub says so", "Reference already exists", ABSENT],
    ["it is found there", "Reference cannot be updated", working],
  ] as const)(
    "leaves the attempt in flight where another run was first and %s",
    async (_, message, gateNow) => {
      expect(await settleMerged(refused(message), gateNow)).toEqual({
        kind: "in-flight",
        reason: "its gate moved while it was settled",
      });
    },
  );

  it("is stuck, with GitHub's reason, where nobody moved the gate", async () => {
    expect(await settleMerged(refused("Repository rule violations found"))).toEqual({
      kind: "stuck",
      reason: "GitHub does not let its gate be closed (Repository rule violations found)",
    });
  });

  it("does not claim that the gate moved where the reply was lost", async () => {
    expect(await settleMerged({ state: "unknown", message: "timeout" })).toMatchObject({
      kind: "in-flight",
      reason: expect.stringContaining("did not say"),
    });
  });
});
