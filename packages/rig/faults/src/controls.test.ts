import { expect, test } from "vitest";
import { CONTROL_FAULTS, judgeControl } from "./play-controls.ts";

test("a dispatch whose reply is lost is safe", async () => {
  expect(await judgeControl(CONTROL_FAULTS["blind repeat"])).toBe("");
});

test("a dispatch that is sent again blindly is noticed", async () => {
  const unsafe = await judgeControl(CONTROL_FAULTS["blind repeat"], "blind repeat");
  expect(unsafe).toContain("was dispatched twice");
  expect(unsafe).toContain("sends GitHub POST /dispatches again");
});

test("a run that cannot read its incidents is safe", async () => {
  expect(await judgeControl(CONTROL_FAULTS["error as empty"])).toBe("");
});

test("a run that takes an error for an empty list is noticed", async () => {
  expect(await judgeControl(CONTROL_FAULTS["error as empty"], "error as empty")).toContain(
    "says nothing of the service",
  );
});

test("a run that waits for a service that hangs is safe", async () => {
  expect(await judgeControl(CONTROL_FAULTS["no time-out"])).toBe("");
});

test("a run that no time-out ends is noticed", async () => {
  expect(await judgeControl(CONTROL_FAULTS["no time-out"], "no time-out")).toContain("it never ends");
});
