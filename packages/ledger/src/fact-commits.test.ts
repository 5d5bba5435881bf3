import { describe, expect, it } from "vitest";
import { claimRef, gateRef, incidentRef, readFacts, writeFacts } from "./fact-commits.ts";
import { fakeGitHub } from "./testing/fake-github.ts";

const REPOSITORY = { owner: "acme", repo: "shop", nodeId: "R_1" };
const base = { oid: "head", tree: "tree" };

describe("a commit of facts", () => {
  it("is read as it was written", async () => {
    const fake = fakeGitHub();
    const facts = { claims: { "12-a1": { cause: "line\n\nline" } } };
    const { oid } = await writeFacts(fake.github, REPOSITORY, { title: "Claims", facts, base }, []);
    expect(readFacts(fake.commits.get(oid)?.message ?? "")).toEqual({ v: 1, ...facts });
  });

  it("stands on the head where no ref moves, else on what the refs point at, each once", async () => {
    const fake = fakeGitHub();
    const write = async (heads: string[]) => {
      const refs = heads.map((from, index) => ({ name: `refs/${index}`, from }));
      const { oid } = await writeFacts(fake.github, REPOSITORY, { title: "Claims", facts: {}, base }, refs);
      return fake.commits.get(oid)?.parents;
    };
    expect([await write([]), await write(["c1", "c2", "c1"])]).toEqual([["head"], ["c1", "c2"]]);
  });

  it("tells what became of each ref, in their order", async () => {
    const fake = fakeGitHub();
    const from = fake.put("refs/known", "title");
    fake.put("refs/taken", "title");
    const refs = [{ name: "refs/known", from }, { name: "refs/new" }, { name: "refs/taken" }];
    const { oid, results } = await writeFacts(
      fake.github,
      REPOSITORY,
      { title: "Claims", facts: {}, base },
      refs,
    );
    expect(results.map(({ state }) => state)).toEqual(["done", "done", "refused"]);
    expect([fake.refs.get("refs/known"), fake.refs.get("refs/new")]).toEqual([oid, oid]);
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
