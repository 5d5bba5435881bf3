import { describe, expect, it } from "vitest";
import { composeLesson, findLesson, fitLesson, lessonText } from "./lessons.ts";
import { attemptRecord, incidentRecord, recordsOf, recoveryRecord } from "./testing/incidents.ts";

const SIGNATURE = "TypeError at src/cart.ts:total";
const compose = (change: object = {}) =>
  composeLesson({
    signature: SIGNATURE,
    confidence: 0.9,
    outcome: "recovered",
    verdict: "It has recovered.",
    pullRequest: 40,
    files: ["src/cart.ts"],
    diff: ["-total(cart)", "+total(cart ?? [])"],
    attempts: [attemptRecord({ declined: [{ by: "maya", text: "It hides the error." }] })],
    ...change,
  });
const closed = (change: object = {}) =>
  recoveryRecord({ phase: "recovered", decision: "close", lesson: compose(), ...change });
const find = (data: Parameters<typeof recordsOf>[0], signature: string | undefined = SIGNATURE) =>
  findLesson(recordsOf(data), signature);

describe("a lesson", () => {
  it("says outcome, pull request, files, verdict, why one was declined, and the change", () => {
    expect(lessonText(compose())).toBe(
      [
        "outcome: recovered",
        "pull request: 40",
        "files: src/cart.ts",
        "verdict: It has recovered.",
        "declined by maya: It hides the error.",
        "change:",
        "  -total(cart)",
        "  +total(cart ?? [])",
      ].join("\n"),
    );
  });

  it("holds ten lines of the change, each of them short", () => {
    const lines = compose({ diff: Array.from({ length: 50 }, () => "+".repeat(500)) }).diff?.split("\n");
    expect(lines?.map(({ length }) => length)).toEqual(Array.from({ length: 10 }, () => 120));
  });

  it("says nothing of what is not known", () => {
    const lesson = compose({ pullRequest: undefined, files: [], verdict: "", diff: [], attempts: [] });
    expect(lessonText(lesson)).toBe("outcome: recovered");
    expect(lesson).toStrictEqual({
      signature: SIGNATURE,
      confidence: 0.9,
      outcome: "recovered",
      verdict: "",
      files: [],
    });
  });

  it("names eight files, and none with a path of more than 160 characters", () => {
    const [long, longer] = ["a".repeat(160), "b".repeat(161)];
    const short = Array.from({ length: 9 }, (_, index) => `src/${index}.ts`);
    const { files } = compose({ files: [longer, long, ...short] });
    expect(files).toEqual([long, ...short.slice(0, 7)]);
    expect(lessonText(compose({ files: ["a", "b"] }))).toContain("files: a, b");
  });

  const { diff: _diff, ...unchanged } = compose();
  const { declined: _declined, ...praised } = unchanged;
  const { verdict: _verdict, ...core } = praised;

  it.each([
    ["whole", compose()],
    ["without the last line of the change", { ...compose(), diff: "-total(cart)" }],
    ["without the change", unchanged],
    ["without why it was declined", praised],
    ["without the verdict", core],
    ["without its files", { ...core, files: [] }],
  ])("is kept %s where that just fits", (_, lesson) => {
    const rest = { phase: "recovered" };
    const room = Buffer.byteLength(JSON.stringify({ ...rest, lesson }));
    expect(fitLesson(compose(), rest, room)).toStrictEqual(lesson);
  });

  it("gains no fields where it is kept", () => {
    expect(fitLesson(core, {})).toStrictEqual(core);
  });

  it("gives way to the rest of its record, the change first", () => {
    const lesson = compose({ diff: Array.from({ length: 10 }, () => "+".repeat(120)) });
    const sizes = [1_000, 3_000, 3_600, 3_750, 3_880, 3_990].map((length) => {
      const rest = { numbers: "n".repeat(length) };
      const fitted = fitLesson(lesson, rest);
      if (fitted !== undefined)
        expect(Buffer.byteLength(JSON.stringify({ ...rest, lesson: fitted }))).toBeLessThanOrEqual(4_000);
      return (
        fitted && [fitted.diff?.split("\n").length ?? 0, fitted.declined?.length ?? 0, fitted.files.length]
      );
    });
    expect(sizes[0]).toEqual([10, 1, 1]);
    expect(sizes[1]?.[0]).toBeLessThan(10);
    expect(sizes.at(-1)).toBeUndefined();
    expect(sizes.some((size) => size?.[0] === 0)).toBe(true);
  });
});

describe("what an incident teaches", () => {
  it("is the newest lesson with the signature", () => {
    const newer = compose({ pullRequest: 50 });
    const recoveries = [closed(), closed({ episode: 2, lesson: newer })];
    expect(find({ recoveries })?.pullRequest).toBe(50);
  });

  it("is nothing to another signature, or to none", () => {
    const recoveries = [closed()];
    expect(find({ recoveries }, "TypeError at src/cart.ts:add")).toBeUndefined();
    expect(find({ recoveries }, "")).toBeUndefined();
    expect(findLesson(recordsOf({ recoveries }), undefined)).toBeUndefined();
  });

  it("is nothing where it recovered and left no lesson", () => {
    expect(find({ recoveries: [recoveryRecord({ phase: "recovered" })] })).toBeUndefined();
  });

  it("is nothing where neither of the two has a signature", () => {
    const attempts = [attemptRecord({ outcome: "declined", declined: [{ by: "maya", text: "No." }] })];
    expect(findLesson(recordsOf({ attempts }), undefined)).toBeUndefined();
  });

  it("is nothing without a record of its acceptance", () => {
    expect(find({ incident: undefined })).toBeUndefined();
  });

  it("says that a fix lasted, as long as it does", () => {
    expect(find({ recoveries: [closed()] })).toEqual(compose());
  });

  it("says that a fix did not last", () => {
    expect(find({ recoveries: [closed({ decision: "reopen" })] })?.outcome).toBe("recovered, and came back");
  });

  it("is why its pull requests were declined, where it never recovered", () => {
    const declined = [{ by: "maya", text: "It hides the error." }];
    const attempts = [attemptRecord({ outcome: "declined", pullRequest: 30, declined })];
    const incident = incidentRecord({ signature: SIGNATURE });
    expect(find({ incident, attempts })).toStrictEqual({
      signature: SIGNATURE,
      confidence: 0.9,
      outcome: "declined",
      verdict: "",
      files: [],
      pullRequest: 30,
      declined,
    });
    expect(find({ incident, attempts: [attemptRecord({ outcome: "failed" })] })).toBeUndefined();
    expect(find({ attempts })).toBeUndefined();
  });
});
