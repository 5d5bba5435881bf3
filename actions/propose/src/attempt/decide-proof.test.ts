import { expect, test } from "vitest";
import { proofLine } from "../words/proof.ts";
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
  expect(reason).toContain("there was no wall around the tests: that the patch is proven is claimed only");
});

test("someone's word takes the label and a run that is started again", () => {
  const approved = { ...open, approved: true };
  expect(decideProof("proven", undefined, { issue: approved, runAttempt: 2 })).toBeUndefined();
  expect(decideProof("proven", undefined, { issue: approved, runAttempt: 1 })?.verdict).toBe("unproven");
  expect(decideProof("proven", undefined, { issue: open, runAttempt: 2 })?.verdict).toBe("unproven");
  expect(decideProof("proven", undefined, { issue: undefined, runAttempt: 2 })?.verdict).toBe("unproven");
});

const RUN = "https://github.com/acme/shop/actions/runs/500";

test("the words say whose word it is, and claim nothing without a wall", () => {
  const say = (wall: string) => proofLine({ level: "proven", wall }, false, RUN).join("\n");
  expect(say("wall")).toMatch(
    /^- ✅ \*\*Proven:\*\* .*The job `verify` saw it on a fresh machine, behind wall: bubblewrap\./,
  );
  expect(say("process")).toMatch(/^- ⚠️ \*\*Proven \(claimed\):\*\* .*there was no wall around the tests/);
  expect(proofLine({ level: "proven", wall: "wall" }, true, RUN).join("\n")).toContain("Not to be shown");
  expect(readProof({ proof: "unknown", "proof-wall": "wall" })).toBeUndefined();
});
