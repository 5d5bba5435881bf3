import { expect, test } from "vitest";
import { UNSAFE_RUNS } from "./controls.ts";
import { listCells, playCells, playTwins } from "./matrix.ts";

/** What the judge says of a dispatch that is unsafe on purpose, or is as it ships. */
async function judge(kind: string, endpoint: string, control?: keyof typeof UNSAFE_RUNS): Promise<string> {
  const twins = await playTwins({ action: "dispatch", story: "accepted" });
  const cells = listCells(twins, { kind, endpoint, manner: "once" });
  expect(cells).toHaveLength(1);
  const [result] = await playCells(cells, twins, undefined, control && UNSAFE_RUNS[control]);
  return result?.unsafe.join("\n") ?? "not played";
}

const DISPATCH = "GitHub POST /dispatches";
const READ = "GitHub query Incidents";

test("a dispatch whose reply is lost is safe", async () => {
  expect(await judge("reset-after", DISPATCH)).toBe("");
});

test("a dispatch that is sent again blindly is noticed", async () => {
  const unsafe = await judge("reset-after", DISPATCH, "blind repeat");
  expect(unsafe).toContain("was dispatched twice");
  expect(unsafe).toContain("sends GitHub POST /dispatches again");
});

test("a run that cannot read its incidents is safe", async () => {
  expect(await judge("403-plain", READ)).toBe("");
});

test("a run that takes an error for an empty list is noticed", async () => {
  expect(await judge("403-plain", READ, "error as empty")).toContain("says nothing of the service");
});

test("a run that waits for a service that hangs is safe", async () => {
  expect(await judge("hang-before", READ)).toBe("");
});

test("a run that no time-out ends is noticed", async () => {
  expect(await judge("hang-before", READ, "no time-out")).toContain("it never ends");
});
