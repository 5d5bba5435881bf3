import { describe, expect, it } from "vitest";
import { claimRef, gateRef, incidentRef, readFacts, writeFacts } from "./fact-commits.ts";
import { fakeGitHub } from "./testing/fake-github.ts";

const REPOSITORY = { owner: "acme", repo: "shop" };
const base = { oid: "head", tree: "tree" };

describe("a commit of facts", () => {
  it("is read as it was written", async () => {
    const fake = fakeGitHub();
    const facts = { v: 1, claims: { "12-a1": { cause: "line\n\nline" } } };
    const oid = await writeFacts(fake.github, REPOSITORY, { title: "Claims", facts, base });
    expect(readFacts(fake.commits.get(oid)?.message ?? "")).toEqual(facts);
  });

  it("stands on the head where no ref moves, else on what the refs point at, each once", async () => {
    const fake = fakeGitHub();
    const write = (parents: string[]) =>
      writeFacts(fake.github, REPOSITORY, { title: "Claims", facts: {}, base, parents });
    const parents = [await write([]), await write(["c1", "c2", "c1"])].map(
      (oid) => fake.commits.get(oid)?.parents,
    );
    expect(parents).toEqual([["head"], ["c1", "c2"]]);
  });

  it.each(["", "Merge pull request #1", "title\n\nnot json", 'title\n{"a":1}'])(
    "is not %j, which somebody else wrote",
    (message) => {
      expect(readFacts(message)).toBeUndefined();
    },
  );
});

describe("our refs", () => {
  it("stand in one namespace", () => {
    expect([claimRef(12, 1), gateRef("pp-1-12-a1"), incidentRef("abc")]).toEqual([
      "refs/patchpilot/claims/12-a1",
      "refs/patchpilot/gates/pp-1-12-a1",
      "refs/patchpilot/incidents/abc",
    ]);
  });
});
