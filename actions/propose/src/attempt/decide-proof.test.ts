import { expect, test } from "vitest";
import { proofNotice } from "../words/proof.ts";
import { decideProof, readProof } from "./decide-proof.ts";

const open = { open: true, held: false };
const FIRST = { issue: open, runAttempt: 1 };
const walled = (level: "proven" | "reproduced" | "tested") => ({ level, wall: "wall" });

test("what is required is published, and nothing less", () => {
  expect(decideProof("proven", walled("proven"), FIRST)).toBeUndefined();
  expect(decideProof("reproduced", walled("proven"), FIRST)).toBeUndefined();
  expect(decideProof("off", undefined, FIRST)).toBeUndefined();
  expect(decideProof("proven", walled("reproduced"), FIRST)?.verdict).toBe("unproven");
  expect(decideProof("reproduced", walled("tested"), FIRST)?.verdict).toBe("unproven");
  expect(decideProof("reproduced", undefined, FIRST)?.verdict).toBe("unproven");
});

test.each(["process", "none", "unknown"])("a proof behind %s counts for nothing", (wall) => {
  const [reason] = decideProof("reproduced", { level: "proven", wall }, FIRST)?.reasons ?? [];
  expect(reason).toContain("no wall stood around the tests: that the patch is proven is claimed only");
});

test("a person's word takes the label and a run that is started again", () => {
  const approved = { ...open, approved: true };
  expect(decideProof("proven", undefined, { issue: approved, runAttempt: 2 })).toBeUndefined();
  expect(decideProof("proven", undefined, { issue: approved, runAttempt: 1 })?.verdict).toBe("unproven");
  expect(decideProof("proven", undefined, { issue: open, runAttempt: 2 })?.verdict).toBe("unproven");
  expect(decideProof("proven", undefined, { issue: undefined, runAttempt: 2 })?.verdict).toBe("unproven");
});

test("the words say whose word it is, and claim nothing without a wall", () => {
  const told = (wall: string) => proofNotice({ level: "proven", wall }, false).join("\n");
  expect(told("wall")).toMatch(/^\*\*Proven:\*\* .*The job `verify` said so, behind wall: bubblewrap;/);
  expect(told("process")).toMatch(/^\*\*Proven \(claimed\):\*\* .*no wall stood around the tests/);
  expect(proofNotice({ level: "proven", wall: "wall" }, true).join("\n")).toContain("Not to be shown");
  expect(readProof({ proof: "unknown", "proof-wall": "wall" })).toBeUndefined();
});
