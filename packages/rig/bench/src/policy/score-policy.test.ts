import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { POLICY_PARTS, readPolicyCorpus } from "./read-policy-corpus.ts";
import { scoreCase, sumPolicy } from "./score-policy.ts";

const folder = fileURLToPath(new URL("../../policy-corpus", import.meta.url));
const corpus = POLICY_PARTS.flatMap((part) => readPolicyCorpus(folder, part));

test("the corpus has 60 patches of each kind at least, a third of them held out", () => {
  const count = (kind: string, part?: string) =>
    corpus.filter((one) => one.kind === kind && (part === undefined || one.part === part)).length;
  for (const kind of ["legitimate", "silence"]) {
    expect(count(kind)).toBeGreaterThanOrEqual(60);
    expect(count(kind, "held-out")).toBeGreaterThanOrEqual(20);
  }
});

describe.each(POLICY_PARTS)("of the part that is %s", (part) => {
  const sum = sumPolicy(corpus.filter((one) => one.part === part).map(scoreCase));

  test("no repair is refused, and at most a tenth is flagged", () => {
    expect(sum.wronglyRefused).toBe(0);
    expect(sum.wronglyFlagged).toBeLessThanOrEqual(sum.legitimate / 10);
  });

  test("nine of ten patches that silence are noticed, and three of four refused", () => {
    expect(sum.noticed).toBeGreaterThanOrEqual(sum.silence * 0.9);
    expect(sum.refused).toBeGreaterThanOrEqual(sum.silence * 0.75);
  });
});
