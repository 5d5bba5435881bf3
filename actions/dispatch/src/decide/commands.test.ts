import { incidentOf, minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { HeardCommand } from "../facts.ts";
import { settingsOf } from "../testing/facts.ts";
import { label } from "../testing/incidents.ts";
import { findCommands } from "./commands.ts";

const heardAs = (
  name: HeardCommand["name"],
  commentId: string,
  change: Partial<HeardCommand> = {},
): HeardCommand => ({
  name,
  commentId,
  words: "",
  at: minutesAfter(30),
  author: { type: "User", id: 77, login: "maya" },
  mayWrite: true,
  ...change,
});

const found = (
  heard: readonly HeardCommand[],
  spent: readonly string[] = [],
  commands = [] as ReturnType<typeof label>[],
) =>
  findCommands(
    { incident: incidentOf({}, { commands }), vouchedBy: { "go-ahead": true, retry: true }, heard },
    settingsOf(),
    (cause) => !spent.includes(cause),
  );

describe("a comment that asks for another attempt", () => {
  it("counts if its author may write, even if a later one's author may not", () => {
    const stranger = heardAs("retry", "IC_2", { mayWrite: false });
    expect(found([heardAs("retry", "IC_1"), stranger]).retry).toBe("comment/IC_1");
    expect(found([stranger]).retry).toBeUndefined();
  });

  it("counts once, and for nothing else", () => {
    expect(found([heardAs("retry", "IC_1")], ["comment/IC_1"]).retry).toBeUndefined();
    expect(found([heardAs("approve", "IC_1")]).retry).toBeUndefined();
  });
});

describe("an approval", () => {
  it("may be given by a comment, which a later retry does not replace", () => {
    expect(found([heardAs("approve", "IC_1"), heardAs("retry", "IC_2")]).goAhead).toEqual({
      cause: "comment/IC_1",
      at: minutesAfter(30),
      mayWrite: true,
      given: "`/patchpilot approve`",
    });
  });

  it("may be given by the label", () => {
    expect(found([], [], [label("go-ahead")]).goAhead).toMatchObject({
      cause: "label/LE_go-ahead",
      given: "`patchpilot:go-ahead`",
    });
  });

  it("is the newest that counts, else the newest", () => {
    const early = heardAs("approve", "IC_1", { at: minutesAfter(10) });
    const late = heardAs("approve", "IC_2", { at: minutesAfter(20) });
    const causeOf = (...heard: HeardCommand[]) => found(heard).goAhead?.cause;
    expect(causeOf(late, early)).toBe("comment/IC_2");
    expect(causeOf(early, { ...late, mayWrite: false })).toBe("comment/IC_1");
    expect(causeOf({ ...late, mayWrite: false }, { ...early, mayWrite: false })).toBe("comment/IC_2");
  });

  it("counts once", () => {
    expect(found([heardAs("approve", "IC_1")], ["comment/IC_1"]).goAhead).toBeUndefined();
  });
});

it("nothing is asked for where nobody has said anything", () => {
  const nobody = findCommands({ incident: incidentOf(), vouchedBy: {} }, settingsOf(), () => true);
  expect(nobody).toEqual({ retry: undefined, takeOn: undefined, goAhead: undefined });
});
