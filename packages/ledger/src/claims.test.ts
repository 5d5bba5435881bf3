import type { ClaimFact } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { type ClaimWrite, firstClaimRefs, readClaims, writeClaims } from "./claims.ts";
import { claimRef } from "./fact-commits.ts";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";

const REPOSITORY = { owner: "acme", repo: "shop" };
const BASE = { oid: "head", tree: "tree" };

const intent = (cause = "acceptance/e1"): ClaimFact => ({
  state: "intent",
  cause,
  episode: 1,
  losses: 0,
  refusals: 0,
  run: "100",
  runAttempt: 1,
  deadline: "2026-11-21T09:15:00.000Z",
});
const messageOf = (issue: number, attempt: number, fact: unknown = intent()): string =>
  `Claims\n\n${JSON.stringify({ v: 1, claims: { [`${issue}-a${attempt}`]: fact } })}\n`;

const attemptsIn = async (fake: FakeGitHub, issue: number, hint: number) =>
  (await readClaims(fake.github, REPOSITORY, new Map([[issue, hint]])))
    .get(issue)
    ?.map(({ attempt }) => attempt);

function withAttempts(issue: number, attempts: readonly number[]): FakeGitHub {
  const fake = fakeGitHub();
  for (const attempt of attempts) fake.put(claimRef(issue, attempt), messageOf(issue, attempt));
  return fake;
}

describe("reading claims", () => {
  it.each([
    ["no claim", [], 0, 1],
    ["one claim that no record mentions", [1], 0, 1],
    ["more claims than records mention", [1, 2, 3, 4, 5, 6, 7], 1, 3],
    ["fewer claims than records mention", [1, 2], 4, 1],
    ["a claim that somebody deleted", [2, 3], 3, 1],
  ])("finds the highest with few questions: %s", async (_what, attempts, hint, questions) => {
    const fake = withAttempts(12, attempts);
    expect(await attemptsIn(fake, 12, hint)).toEqual(attempts);
    expect(fake.asked).toHaveLength(questions);
  });

  it("is not led to a thousand questions by a record that names any number", async () => {
    const fake = withAttempts(12, [1]);
    expect(await attemptsIn(fake, 12, 99_999)).toEqual([1]);
    expect(fake.asked).toEqual([100]);
  });

  it("asks for many issues at once", async () => {
    const fake = withAttempts(12, [1]);
    await readClaims(fake.github, REPOSITORY, new Map([12, 13, 14].map((issue) => [issue, 0])));
    expect(fake.asked).toEqual([6]);
  });

  it("asks nothing where an earlier question answered it", async () => {
    const fake = fakeGitHub();
    const read = new Map(firstClaimRefs([12]).map((name) => [name, undefined]));
    await readClaims(fake.github, REPOSITORY, new Map([[12, 0]]), read);
    expect(fake.asked).toEqual([]);
  });

  it.each([
    ["an ordinary commit", "Merge pull request #1"],
    ["facts of another attempt", messageOf(12, 2)],
    ["facts without a cause", messageOf(12, 1, { ...intent(), cause: undefined })],
    ["facts that only inherit", 'x\n\n{"claims":{"__proto__":{"12-a1":{}}}}'],
  ])("calls a claim unreadable that points at %s", async (_what, message) => {
    const fake = fakeGitHub();
    fake.put(claimRef(12, 1), message);
    const claims = await readClaims(fake.github, REPOSITORY, new Map([[12, 1]]));
    expect(claims.get(12)).toEqual([{ issue: 12, attempt: 1, oid: "c1", fact: "unreadable" }]);
  });
});

describe("writing claims", () => {
  const write = (fake: FakeGitHub, ...writes: ClaimWrite[]) =>
    writeClaims(fake.github, REPOSITORY, "R_1", BASE, writes);

  it("puts all of a run on one commit that each ref reads alone", async () => {
    const fake = fakeGitHub();
    const results = await write(
      fake,
      { issue: 12, attempt: 1, fact: intent("acceptance/e1") },
      { issue: 13, attempt: 1, fact: intent("label/LE_1") },
    );
    expect(results.map(({ state }) => state)).toEqual(["done", "done"]);
    expect(fake.commits.size).toBe(1);
    const claims = await readClaims(fake.github, REPOSITORY, new Map([12, 13].map((issue) => [issue, 1])));
    expect(claims.get(13)?.[0]?.fact).toEqual(intent("label/LE_1"));
  });

  it("loses the race for a ref that exists", async () => {
    const fake = withAttempts(12, [1]);
    const [result] = await write(fake, { issue: 12, attempt: 1, fact: intent() });
    expect(result).toMatchObject({ state: "lost-race", message: expect.stringContaining("already exists") });
  });

  it("moves a claim on from exactly what was read", async () => {
    const fake = withAttempts(12, [1]);
    const fact: ClaimFact = {
      state: "done",
      cause: "x",
      episode: 1,
      losses: 0,
      refusals: 0,
      confirmedAt: "",
    };
    const [moved] = await write(fake, { issue: 12, attempt: 1, from: "c1", fact });
    const [late] = await write(fake, { issue: 12, attempt: 1, from: "c1", fact: intent() });
    expect([moved?.state, late?.state]).toEqual(["done", "lost-race"]);
  });

  it("keeps results with their writes, where some are created and some moved", async () => {
    const fake = withAttempts(12, [1]);
    const results = await write(
      fake,
      { issue: 12, attempt: 1, from: "stale", fact: intent() },
      { issue: 13, attempt: 1, fact: intent() },
    );
    const states = new Map(results.map((result) => [result.write.issue, result.state]));
    expect(states).toEqual(
      new Map([
        [12, "lost-race"],
        [13, "done"],
      ]),
    );
  });

  it("does not know what became of a write whose reply was lost", async () => {
    const fake = fakeGitHub(() => ({ state: "unknown", message: "lost" }));
    const [result] = await write(fake, { issue: 12, attempt: 1, fact: intent() });
    expect(result?.state).toBe("unknown");
  });

  it("makes no commit where there is nothing to write", async () => {
    const fake = fakeGitHub();
    expect(await write(fake)).toEqual([]);
    expect(fake.commits.size).toBe(0);
  });
});
