import type { GateFact } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { gateRef } from "./fact-commits.ts";
import { type Gate, type GateWrite, readGates, toGate, writeGates } from "./gates.ts";
import { type FakeGitHub, fakeGitHub } from "./testing/fake-github.ts";

const REPOSITORY = { owner: "acme", repo: "shop" };
const BASE = { oid: "head", tree: "tree" };
const KEY = "pp-4242-12-a1";
const OTHER = "pp-4242-13-a1";
const working: GateFact = { state: "working", run: "100", runAttempt: 1 };
const closed: GateFact = { state: "closed", outcome: "failed", at: "2026-11-21T09:00:00.000Z" };

const write = (fake: FakeGitHub, ...writes: GateWrite[]) =>
  writeGates(fake.github, REPOSITORY, "R_1", BASE, writes);
const gateOf = async (fake: FakeGitHub, key = KEY): Promise<Gate> =>
  (await readGates(fake.github, REPOSITORY, [key])).get(key) ?? { state: "absent" };

describe("a gate", () => {
  it("is absent until a run passes it, and then says which", async () => {
    const fake = fakeGitHub();
    const before = await gateOf(fake);
    expect(before).toEqual({ state: "absent" });
    expect(await write(fake, { key: KEY, from: before, fact: working })).toMatchObject([{ state: "done" }]);
    expect(await gateOf(fake)).toMatchObject({ state: "present", fact: working });
  });

  it("says when it was moved, if GitHub says when its commit was made", () => {
    const message = `PatchPilot gates\n\n${JSON.stringify({ v: 1, gates: { [KEY]: working } })}`;
    const ref = { name: gateRef(KEY), oid: "g1", message, committedAt: "2026-11-21T09:00:00Z" };
    expect(toGate(KEY, ref)).toMatchObject({ state: "present", movedAt: "2026-11-21T09:00:00Z" });
  });

  it("lets one of two runs pass that both saw it absent", async () => {
    const fake = fakeGitHub();
    const absent: Gate = { state: "absent" };
    const [first] = await write(fake, { key: KEY, from: absent, fact: working });
    const [second] = await write(fake, { key: KEY, from: absent, fact: { ...working, run: "200" } });
    expect([first?.state, second?.state]).toEqual(["done", "refused"]);
    expect(await gateOf(fake)).toMatchObject({ fact: { run: "100" } });
  });

  it("is not moved from what was read before another moved it", async () => {
    const fake = fakeGitHub();
    await write(fake, { key: KEY, from: { state: "absent" }, fact: working });
    const seen = await gateOf(fake);
    const [first] = await write(fake, { key: KEY, from: seen, fact: closed });
    const [late] = await write(fake, { key: KEY, from: seen, fact: { ...working, state: "publishing" } });
    expect([first?.state, late?.state]).toEqual(["done", "refused"]);
    expect(await gateOf(fake)).toMatchObject({ fact: closed });
  });

  it("is never opened again once it is closed", async () => {
    const fake = fakeGitHub();
    await write(fake, { key: KEY, from: { state: "absent" }, fact: closed });
    const seen = await gateOf(fake);
    const sent = fake.mutations.length;
    expect(await write(fake, { key: KEY, from: seen, fact: working })).toEqual([
      { key: KEY, state: "refused", message: "The gate is closed; nothing reopens it." },
    ]);
    expect(fake.mutations.length).toBe(sent);
  });

  it("is written beside others that are closed already", async () => {
    const fake = fakeGitHub();
    await write(fake, { key: KEY, from: { state: "absent" }, fact: closed });
    const results = await write(
      fake,
      { key: KEY, from: await gateOf(fake), fact: closed },
      { key: OTHER, from: { state: "absent" }, fact: closed },
    );
    expect(results.map(({ key, state }) => [key, state])).toEqual([
      [KEY, "refused"],
      [OTHER, "done"],
    ]);
  });

  it("is unknown where the reply was lost", async () => {
    const fake = fakeGitHub(() => ({ state: "unknown", message: "lost" }));
    const [result] = await write(fake, { key: KEY, from: { state: "absent" }, fact: working });
    expect(result).toEqual({ key: KEY, state: "unknown", message: "lost" });
  });

  it.each([
    "Merge pull request #1",
    `x\n\n{"gates":{"${OTHER}":{"state":"working","run":"1","runAttempt":1}}}`,
  ])("is unreadable where its commit says %j", (message) => {
    expect(toGate(KEY, { name: gateRef(KEY), oid: "c9", message })).toEqual({
      state: "unreadable",
      oid: "c9",
    });
  });
});
