import type { Incident, Stored, TurnRecord } from "@patchpilot/incident";
import { attemptRecord, closeRecord, incidentOf, minutesAfter } from "@patchpilot/incident/testing";
import { DAY } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideNotice, listOutdated, type NoticeFacts } from "./decide-notice.ts";
import { decideTurn, type Turn } from "./decide-turn.ts";

const LOST = attemptRecord({ phase: "needs-human", phaseAt: minutesAfter(30), outcome: "lost" });
const AT = Date.parse(minutesAfter(30));

/** One comment about the incident's turn, as far as a test is about it. */
type Said = Partial<TurnRecord & Pick<Stored<unknown>, "writtenAt" | "isHidden">>;

/** An incident that needs a person, and what was said of it. */
function needy(announced: readonly Said[] = []) {
  const incident = incidentOf({ attempts: [LOST] });
  const turns = announced.map(({ writtenAt = minutesAfter(30), isHidden, ...data }, index) => ({
    data: { turn: index + 1, key: "decide/e1/lost/a1", reminder: 0, ...data },
    seq: 1,
    commentId: `IC_turn/${index + 1}`,
    body: "",
    writtenAt,
    ...(isHidden ? { isHidden } : {}),
  }));
  const records = { ...incident.records, turns: new Map(turns.map((each) => [each.data.turn, each])) };
  return { ...incident, records };
}

const decide = (incident: Incident, facts: Partial<NoticeFacts> = {}) =>
  decideNotice(incident, decideTurn(incident) as Turn, {
    now: AT,
    isWorker: false,
    isClosing: false,
    ...facts,
  });

describe("a person's turn", () => {
  it("is announced once", () => {
    expect(decide(needy())).toEqual({ turn: 1, key: "decide/e1/lost/a1", reminder: 0 });
    expect(decide(needy([{}]), { now: AT + DAY - 1 })).toBeUndefined();
  });

  it("is announced after others were", () => {
    expect(decide(needy([{ key: "review/a1" }]))).toMatchObject({ turn: 2, reminder: 0 });
  });

  it("is not announced on hold", () => {
    expect(decide({ ...needy(), labels: ["patchpilot", "patchpilot:hold"] })).toBeUndefined();
  });

  it("is PatchPilot's no more if nothing waits", () => {
    expect(decide(incidentOf())).toBeUndefined();
  });
});

describe("a turn that stays open", () => {
  const reminded = (reminder: number): Said[] => [{}, { reminder }];

  it("is recalled after a day, then after twice as long each time", () => {
    expect(decide(needy([{}]), { now: AT + DAY })).toEqual({
      turn: 2,
      key: "decide/e1/lost/a1",
      reminder: 1,
    });
    expect(decide(needy(reminded(1)), { now: AT + 2 * DAY - 1 })).toBeUndefined();
    expect(decide(needy(reminded(1)), { now: AT + 2 * DAY })).toMatchObject({ turn: 3, reminder: 2 });
  });

  it("is not recalled once a person has answered", () => {
    const answered = { ...needy([{}]), lastWordAt: minutesAfter(31) };
    expect(decide(answered, { now: AT + 9 * DAY })).toBeUndefined();
  });

  it("is recalled if a person spoke before it began", () => {
    const spoken = { ...needy([{}]), lastWordAt: minutesAfter(29) };
    expect(decide(spoken, { now: AT + DAY })).toMatchObject({ reminder: 1 });
  });

  it("is recalled at most once a day, however often a run looks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 * DAY }), { maxLength: 40 }), (pauses) => {
        const announced: Said[] = [];
        const at: number[] = [];
        let now = AT;
        for (const pause of [0, ...pauses]) {
          now += pause;
          const notice = decide(needy(announced), { now });
          if (notice === undefined) continue;
          announced.push({ ...notice, writtenAt: new Date(now).toISOString() });
          at.push(now);
        }
        expect(announced.map(({ reminder }) => reminder)).toEqual(announced.map((_, index) => index));
        for (const [index, time] of at.slice(1).entries())
          expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(DAY);
      }),
    );
  });
});

describe("what the worker's run begins", () => {
  const waiting = incidentOf({ attempts: [attemptRecord({ phase: "proposed", phaseAt: minutesAfter(30) })] });

  it("is announced by that run at once", () => {
    expect(decide(waiting, { isWorker: true })).toMatchObject({ key: "review/a1", reminder: 0 });
  });

  it("is left to it by others for five minutes", () => {
    expect(decide(waiting, { now: AT + 299_999 })).toBeUndefined();
    expect(decide(waiting, { now: AT + 300_000 })).toMatchObject({ key: "review/a1" });
  });
});

describe("the end", () => {
  const recovered = incidentOf({ recoveries: [closeRecord(minutesAfter(90))] });

  it("is announced by the run that closes the issue, once", () => {
    expect(decide(recovered, { isClosing: true })).toMatchObject({ turn: 1, key: "recovered/e1" });
    const announced = {
      ...recovered,
      records: { ...recovered.records, turns: needy([{ key: "recovered/e1" }]).records.turns },
    };
    expect(decide(announced, { isClosing: true, now: AT + 9 * DAY })).toBeUndefined();
  });

  it("is not announced of what was closed before", () => {
    expect(decide(recovered)).toBeUndefined();
  });

  it("is not announced if a person closes it", () => {
    expect(decide({ ...incidentOf(), open: false, phase: "dismissed" }, { isClosing: true })).toBeUndefined();
  });
});

describe("what is outdated", () => {
  const announced = needy([{ key: "review/a1" }, { isHidden: true, key: "plan/a1" }, {}, { reminder: 1 }]);

  it("are comments about other turns, and all but the newest about this one, unless they are folded already", () => {
    expect(listOutdated(announced, decideTurn(announced))).toEqual(["IC_turn/1", "IC_turn/3"]);
  });

  it("are all of them if it is said anew", () => {
    expect(listOutdated(announced, decideTurn(announced), true)).toEqual([
      "IC_turn/1",
      "IC_turn/3",
      "IC_turn/4",
    ]);
  });

  it.each([
    [1, []],
    [2, ["IC_plan/1"]],
  ])("is a plan once a later attempt answers it; attempts: %j", (attempts, outdated) => {
    const planned = incidentOf({
      attempts: Array.from({ length: attempts }, (_, index) => attemptRecord({ attempt: index + 1 })),
      plans: [{ attempt: 1, key: "pp-4242-12-a1", sha256: "0".repeat(64) }],
    });
    expect(listOutdated(planned, decideTurn(planned))).toEqual(outdated);
  });

  it("is everything once the turn is nobody's", () => {
    expect(listOutdated(announced, undefined)).toEqual(["IC_turn/1", "IC_turn/3", "IC_turn/4"]);
  });
});
