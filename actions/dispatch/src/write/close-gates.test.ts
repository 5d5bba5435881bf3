import type { GitHub, MutationResult } from "@patchpilot/github";
import { describe, expect, it } from "vitest";
import type { Ports } from "../ports.ts";
import type { Reading } from "../read/facts.ts";
import { atWork, merged, settingsOf } from "../testing/facts.ts";
import { closeGates } from "./close-gates.ts";

const BASE = { nodeId: "R_1", base: { oid: "b1", tree: "t1" } };

/** Settles a merged attempt against a GitHub that answers so to the closing, and shows the gate so afterwards. */
async function settleMerged(answer: MutationResult, gateNow: string | null = null) {
  const target = {
    request: async () => ({ data: { sha: "c9" } }),
    query: async () => ({
      repository: { r0: gateNow === null ? null : { target: { oid: gateNow, message: "" } } },
    }),
    mutate: async () => [answer],
  } as unknown as GitHub;
  const facts = atWork({ pullRequest: merged });
  const reading = { facts: [facts], ledger: { repository: { databaseId: 4242 } } } as unknown as Reading;
  const ports = { target, targetRepository: { owner: "acme", repo: "shop" } } as Ports;
  const [settled] = await closeGates(reading, ports, settingsOf(), async () => BASE);
  return settled?.settlement;
}
const refused = (message: string): MutationResult => ({ state: "refused", message, type: "UNPROCESSABLE" });

describe("closing a gate", () => {
  it("is the outcome", async () => {
    expect(await settleMerged({ state: "done", data: {} })).toMatchObject({
      kind: "settled",
      outcome: "merged",
    });
  });

  it.each([
    ["GitHub says so", "Reference already exists", null],
    ["it is found there", "Reference cannot be updated", "g2"],
  ])("leaves the attempt in flight where another run was first and %s", async (_, message, gateNow) => {
    expect(await settleMerged(refused(message), gateNow)).toEqual({
      kind: "in-flight",
      reason: "its gate moved while it was settled",
    });
  });

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
