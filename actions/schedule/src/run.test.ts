import { HttpFailure, type HttpFailureKind } from "@patchpilot/http";
import { expect, test } from "vitest";
import type { ScheduleInputs } from "./contract.ts";
import { run } from "./run.ts";
import { type FakeSwitch, fakeSwitch, setState } from "./testing/fake-switch.ts";

const INPUTS: ScheduleInputs = {
  "github-token": "token",
  workflow: "patchpilot-tick.yml",
  to: "look",
  variable: undefined,
  "variables-token": undefined,
  "dry-run": false,
  stop: "",
};
const failWith = (kind: HttpFailureKind, happened: string) =>
  new HttpFailure({ kind, provider: "GitHub", asked: "PUT", happened });
const OPEN = { open: [12], watched: [] };

const play = (fake: FakeSwitch, inputs: Partial<ScheduleInputs> = {}) =>
  run({ ...INPUTS, ...inputs }, fake.ports);

/** A sweep: looks, and does what is due. */
async function sweep(fake: FakeSwitch): Promise<void> {
  const { outputs } = await play(fake);
  if (outputs.switch !== "") await play(fake, { to: outputs.switch });
}

test("a look says what is due and how many incidents ask for it, and writes nothing", async () => {
  const fake = fakeSwitch();
  expect((await play(fake)).outputs).toEqual({ switch: "off", count: 0 });
  expect(fake.writes).toEqual([]);
});

test("switching off writes it down first, and again when it shows", async () => {
  const fake = fakeSwitch();
  expect((await play(fake, { to: "off" })).outputs.switch).toBe("off");
  expect(fake.writes).toEqual(["note off", "switch off", "note off seen"]);
});

test("switching on writes it down last: until then it is known as our stop", async () => {
  const fake = fakeSwitch();
  await sweep(fake);
  fake.state.work = OPEN;
  fake.writes.length = 0;
  await sweep(fake);
  expect(fake.writes).toEqual(["switch on", "note on"]);
  expect(fake.state.workflow?.state).toBe("active");
});

test("someone else's stop stays, and the look warns of it", async () => {
  const fake = fakeSwitch({ work: OPEN });
  setState(fake, "disabled_manually");
  const { outputs, lines } = await play(fake);
  expect(outputs.switch).toBe("");
  expect(lines).toContainEqual({ level: "warning", text: expect.stringContaining("it stays off") });
});

test("someone else's stop that a job in the middle of switching meets stays as well", async () => {
  const fake = fakeSwitch({ work: OPEN });
  setState(fake, "disabled_manually");
  await play(fake, { to: "on" });
  expect([fake.writes, fake.state.workflow?.state]).toEqual([[], "disabled_manually"]);
});

test("with `stop` nothing is due and nothing is switched", async () => {
  const fake = fakeSwitch();
  expect((await play(fake, { stop: "true" })).outputs.switch).toBe("");
  await play(fake, { to: "off", stop: "true" });
  expect(fake.writes).toEqual([]);
});

test("a dry run says what it would do", async () => {
  const fake = fakeSwitch();
  expect((await play(fake, { to: "off", "dry-run": true })).summary).toContain("would be switched off");
  expect(fake.writes).toEqual([]);
});

test.each(["look", "on", "off"] as const)(
  "to `%s` where there is no such workflow is a red run",
  async (to) => {
    const { failure } = await play(fakeSwitch({ workflow: undefined }), { to });
    expect(failure).toMatch(/has no workflow patchpilot-tick\.yml.*always on/);
  },
);

test("a refusal is a red run that names the permissions and the other form", async () => {
  const fake = fakeSwitch();
  const refused = failWith("forbidden", "answered 403");
  const ports = { ...fake.ports, switchWorkflow: () => Promise.reject(refused) };
  const { failure } = await run({ ...INPUTS, to: "off" }, ports);
  expect(failure).toMatch(/could not be switched off.*`actions: write`.*always on/);
});

test("a failure that may pass is no refusal: the next sweep tries again", async () => {
  const down = failWith("server", "answered 502");
  const ports = { ...fakeSwitch().ports, switchWorkflow: () => Promise.reject(down) };
  await expect(run({ ...INPUTS, to: "off" }, ports)).rejects.toBe(down);
});

test("if GitHub still shows it off, no note says that it is on", async () => {
  const fake = fakeSwitch();
  await sweep(fake);
  fake.state.work = OPEN;
  const ports = { ...fake.ports, switchWorkflow: async () => undefined };
  expect((await run({ ...INPUTS, to: "on" }, ports)).summary).toContain("does not show yet");
  expect(fake.state.kept.note?.state).toBe("off");
});

test("if another run is at the note, this one leaves the workflow alone", async () => {
  const fake = fakeSwitch();
  const ports = { ...fake.ports, writeNote: async () => "raced" as const };
  expect((await run({ ...INPUTS, to: "off" }, ports)).summary).toContain("another run");
  expect(fake.writes).toEqual([]);
});

const KILLS = [1, 2, 3].flatMap((write) => [
  ["before", write, false] as const,
  ["after", write, true] as const,
]);

test.each(KILLS)(
  "killed %s write %i of switching off, the next sweep puts it right",
  async (_, write, isMade) => {
    const fake = fakeSwitch();
    fake.kill = { write, isMade };
    await expect(play(fake, { to: "off" })).rejects.toThrow("killed");
    fake.kill = undefined;
    fake.state.now += 3_600_000;
    await sweep(fake);
    expect(fake.state.workflow?.state).toBe("disabled_manually");
    fake.state.work = OPEN;
    await sweep(fake);
    expect([fake.state.workflow?.state, fake.state.kept.note?.state]).toEqual(["active", "on"]);
  },
);

test.each(KILLS.slice(0, 4))(
  "killed %s write %i of switching on, the next sweep puts it right",
  async (_, write, isMade) => {
    const fake = fakeSwitch();
    await sweep(fake);
    fake.state.work = OPEN;
    fake.kill = { write: fake.writes.length + write, isMade };
    await expect(play(fake, { to: "on" })).rejects.toThrow("killed");
    fake.kill = undefined;
    fake.state.now += 3_600_000;
    await sweep(fake);
    expect(fake.state.workflow?.state).toBe("active");
  },
);

const VARIABLES = [
  ["is made if it is not there", undefined, OPEN, ["make OPEN=1"]],
  ["is set to 0 where nothing is open", "1", { open: [], watched: [] }, ["set OPEN=0"]],
  ["stays if it is right", "1", OPEN, []],
] as const;

test.each(VARIABLES)("the variable %s", async (_, before, work, writes) => {
  const fake = fakeSwitch({ work });
  if (before !== undefined) fake.variables.set("OPEN", before);
  await play(fake, { variable: "OPEN" });
  expect(fake.writes).toEqual(writes);
});
