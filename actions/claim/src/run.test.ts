import type { BranchHead } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import { WORK_ORDER_KEY, type WorkOrder } from "@patchpilot/incident";
import { workOrderOf } from "@patchpilot/incident/testing";
import type { Gate } from "@patchpilot/ledger";
import { nameAction } from "@patchpilot/owner";
import { expect, it, vi } from "vitest";
import type { ClaimInputs } from "./contract.ts";
import type { ClaimPorts } from "./ports.ts";
import { run } from "./run.ts";

const HEAD = { repositoryNodeId: "R_1", branch: "main", oid: "b1", tree: "t1" } as BranchHead;
const INPUTS = { issues: "auto", stop: "", "dry-run": false } as unknown as ClaimInputs;
const RUN = { id: "500", attempt: 1 };
const mine: Gate = {
  state: "present",
  oid: "g1",
  fact: { state: "working", run: RUN.id, runAttempt: RUN.attempt },
};

/** A world in which the attempt is claimed and its gate is free, but for `changes`. */
const portsOf = (changes: Partial<ClaimPorts> = {}, order: WorkOrder = workOrderOf()): ClaimPorts => ({
  repository: "acme/shop",
  event: { client_payload: { [WORK_ORDER_KEY]: order } },
  run: RUN,
  readFile: () => "",
  secrets: [],
  readIssue: async () => ({ repositoryId: 4242, open: true, held: false, claimed: true }),
  seesClaim: async () => false,
  readBranchHead: async () => HEAD,
  readBranch: async () => ({ existing: [], rules: [] }),
  readGate: async () => ({ state: "absent" }),
  writeGate: async () => ({ state: "done", message: "" }),
  writeFile: (name) => `/tmp/${name}`,
  ...changes,
});
const lost: ClaimPorts["writeGate"] = async () => ({ state: "unknown", message: "timeout" });
const unclaimed = async () => ({ repositoryId: 4242, open: true, held: false, claimed: false });
const forbidden = () => Promise.reject(makeFailure("forbidden", { provider: "GitHub", status: 403 }));

it("proceeds from the head of the branch once its gate is made", async () => {
  const { outputs } = await run(INPUTS, portsOf());
  expect(outputs).toMatchObject({ proceed: true, "base-sha": "b1", branch: "patchpilot/12-a1" });
});

it("looks twice more for a claim that it does not see, and then refuses", async () => {
  const seesClaim = vi.fn(async () => false);
  const { failure } = await run(INPUTS, portsOf({ readIssue: unclaimed, seesClaim }));
  expect(failure).toContain(`no claim of ${nameAction("dispatch")} names attempt 1 of #12`);
  expect(seesClaim.mock.calls).toEqual([
    ["acme/shop", 12, 1],
    ["acme/shop", 12, 1],
  ]);
});

it("proceeds if the claim is seen late", async () => {
  const seesClaim = vi.fn(async () => true);
  expect((await run(INPUTS, portsOf({ readIssue: unclaimed, seesClaim }))).outputs?.proceed).toBe(true);
});

it("proceeds without the issue only if that is out of reach in another repository", async () => {
  const elsewhere = workOrderOf({ repository: "acme/incidents" });
  expect((await run(INPUTS, portsOf({ readIssue: forbidden }, elsewhere))).outputs?.proceed).toBe(true);
  await expect(run(INPUTS, portsOf({ readIssue: forbidden }))).rejects.toThrow(HttpFailure);
});

it("proceeds if the reply to its gate was lost and the gate turns out to be its own", async () => {
  const gates: Gate[] = [{ state: "absent" }, mine];
  const ports = portsOf({
    readGate: async () => gates.shift() ?? mine,
    writeGate: lost,
  });
  expect((await run(INPUTS, ports)).outputs?.proceed).toBe(true);
});

it("proceeds if its third write arrived, although every reply was lost", async () => {
  const gates: Gate[] = [{ state: "absent" }, { state: "absent" }, { state: "absent" }, mine];
  const ports = portsOf({ readGate: async () => gates.shift() ?? mine, writeGate: lost });
  expect((await run(INPUTS, ports)).outputs?.proceed).toBe(true);
});

it("blames no permission if every reply to its gate was lost", async () => {
  const { failure } = await run(INPUTS, portsOf({ writeGate: lost }));
  expect(failure).toContain("replies about its gate were lost (timeout)");
  expect(failure).not.toContain("contents: write");
});

it("names the permission if GitHub refuses its gate", async () => {
  const writeGate: ClaimPorts["writeGate"] = async () => ({ state: "refused", message: "no access" });
  const { failure } = await run(INPUTS, portsOf({ writeGate }));
  expect(failure).toContain("(no access). Check `contents: write`");
});

it("stands back if the branch has moved since it was reviewed", async () => {
  const order = workOrderOf({ branch: "patchpilot/12-a1", pullRequest: 34, expectedHead: "b".repeat(40) });
  const { outputs, lines } = await run(INPUTS, portsOf({}, order));
  expect(outputs?.proceed).toBe(false);
  expect(lines[0]?.text).toContain("is no longer at the commit that was reviewed");
});

it("refuses before it takes the gate if nobody could make the branch", async () => {
  const writeGate = vi.fn<ClaimPorts["writeGate"]>();
  const readBranch: ClaimPorts["readBranch"] = async ([first = ""]) => ({ existing: [first], rules: [] });
  const { failure } = await run(INPUTS, portsOf({ readBranch, writeGate }));
  expect(failure).toContain("a branch called `patchpilot` exists");
  expect(writeGate).not.toHaveBeenCalled();
});

it("does not look for the branch of a run that got further", async () => {
  const readBranch = vi.fn<ClaimPorts["readBranch"]>();
  await run(INPUTS, portsOf({ readGate: async () => mine, readBranch }));
  expect(readBranch).not.toHaveBeenCalled();
});

const readLeft = (writeFile: { readonly mock: { readonly calls: readonly (readonly string[])[] } }) =>
  writeFile.mock.calls.map(([name, text = ""]) => [name, JSON.parse(text)]);

it.each<[string, Partial<ClaimPorts>, string, string]>([
  [
    "a branch is in the way",
    { readBranch: async ([first = ""]) => ({ existing: [first], rules: [] }) },
    "a branch called `patchpilot` exists",
    "setup",
  ],
  [
    "GitHub refuses its gate",
    { writeGate: async () => ({ state: "refused", message: "no access" }) },
    "rulesets",
    "setup",
  ],
  ["replies are lost", { writeGate: lost }, "replies about its gate were lost", "infrastructure"],
])("leaves why it refuses, for the issue, if %s", async (_, changes, reason, cause) => {
  const writeFile = vi.fn<ClaimPorts["writeFile"]>(() => "");
  await run(INPUTS, portsOf({ ...changes, writeFile }));
  expect(readLeft(writeFile)).toEqual([
    ["ending.json", { v: 1, key: workOrderOf().key, reason: expect.stringContaining(reason), cause }],
  ]);
});

it("leaves what it fails with, without the values of secrets", async () => {
  const writeFile = vi.fn<ClaimPorts["writeFile"]>(() => "");
  const readBranchHead = () => Promise.reject(new Error("No hunter2hunter2 here"));
  const ports = portsOf({ readBranchHead, writeFile, secrets: ["hunter2hunter2"] });
  await expect(run(INPUTS, ports)).rejects.toThrow("hunter2hunter2");
  expect(JSON.stringify(readLeft(writeFile))).toContain("Nothing is repaired: No");
  expect(JSON.stringify(readLeft(writeFile))).not.toContain("hunter2");
});

it("leaves nothing if it passes, or if another run has the gate", async () => {
  const writeFile = vi.fn<ClaimPorts["writeFile"]>(() => "");
  await run(INPUTS, portsOf({ writeFile }));
  const taken: Gate = { ...mine, fact: { state: "working", run: "501", runAttempt: 1 } };
  await run(INPUTS, portsOf({ readGate: async () => taken, writeFile }));
  expect(writeFile.mock.calls.map(([name]) => name)).not.toContain("ending.json");
});
