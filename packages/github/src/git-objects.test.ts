import { describe, expect, it } from "vitest";
import { createBlob, createBranch, createTree } from "./git-objects.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const COMMIT = "c".repeat(40);
const lost = () => reply({ message: "Server Error" }, 502);
const made = () => reply({ ref: "refs/heads/patchpilot/1-a1" }, 201);
const taken = () => reply({ message: "Reference already exists" }, 422);
const tip = (oid: string | undefined) => () =>
  reply({
    data: {
      repository: {
        ref: oid === undefined ? null : { target: { oid, tree: { oid }, parents: { nodes: [] } } },
      },
    },
  });

/** Replies in their order, and no more of them. */
function answering(...replies: readonly (() => Response)[]) {
  return githubThat((_, count) => {
    const next = replies[count - 1];
    if (next === undefined) throw new Error("Nothing more is to be asked.");
    return next();
  });
}

const branchBy = async (...replies: readonly (() => Response)[]) => {
  const { github, asked } = answering(...replies);
  const state = await createBranch(github, SHOP, "patchpilot/1-a1", COMMIT);
  return [state, asked.filter(({ path }) => path.endsWith("/git/refs")).length];
};

describe("a branch", () => {
  it("whose reply was lost is found where it was made", async () => {
    expect(await branchBy(lost, tip(COMMIT))).toEqual(["made", 1]);
  });

  it("that was not made when the reply was lost is asked for once more", async () => {
    expect(await branchBy(lost, tip(undefined), made)).toEqual(["made", 2]);
  });

  it("that appears late is known by its commit", async () => {
    expect(await branchBy(lost, tip(undefined), taken, tip(COMMIT))).toEqual(["made", 2]);
  });

  it("that somebody else made meanwhile is theirs", async () => {
    expect(await branchBy(lost, tip(undefined), taken, tip("d".repeat(40)))).toEqual(["exists", 2]);
  });

  it("is not asked for a third time", async () => {
    const { github, asked } = answering(lost, tip(undefined), lost, tip(undefined));
    const failure = await failureOf(createBranch(github, SHOP, "patchpilot/1-a1", COMMIT));
    expect([failure.message, asked.length]).toEqual([expect.stringContaining("502"), 4]);
  });
});

describe("what its content names", () => {
  const stored = () => reply({ sha: "b".repeat(40) }, 201);
  const slow = () => reply({ message: "Slow down" }, 403, { "retry-after": "2" });

  it.each([
    ["a 502", lost],
    ["a refusal of two seconds", slow],
  ])("is stored again after %s", async (_, answer) => {
    const { github } = answering(answer, stored, answer, stored);
    expect(await createBlob(github, SHOP, Buffer.from("x"))).toBe("b".repeat(40));
    const change = { path: "a", mode: "100644", oid: "b".repeat(40) } as const;
    expect(await createTree(github, SHOP, COMMIT, [change])).toBe("b".repeat(40));
  });
});
