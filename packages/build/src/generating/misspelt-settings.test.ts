import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inputVariable } from "@patchpilot/action-kit/contract";
import {
  judgeFile,
  judgeGiven,
  type Reader,
  type ReleaseKeys,
  takesFromFile,
} from "@patchpilot/action-kit/settings";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { actionFolders, REPOSITORY } from "../repository.ts";
import { loadRelease } from "./release-keys.ts";

type Judge = (written: string) => readonly { readonly sentence: string }[];

/** Letters that names have, and what people write instead of a hyphen. */
const LETTERS = ["e", "-", "_"];

/** Everything that is one edit away from a name. */
function misspell(name: string): string[] {
  const places = Array.from({ length: name.length + 1 }, (_, place) => place);
  const at = (place: number, taken: number, put: string) =>
    name.slice(0, place) + put + name.slice(place + taken);
  const swapped = (place: number) => `${name[place + 1] ?? ""}${name[place] ?? ""}`;
  return [
    ...new Set(
      places.flatMap((place) => [
        at(place, 1, ""),
        at(place, 2, swapped(place)),
        ...LETTERS.flatMap((letter) => [at(place, 0, letter), at(place, 1, letter)]),
      ]),
    ),
  ].filter((written) => written !== "" && written !== name);
}

const foldedOf = (written: string): string => written.replaceAll("_", "-");

/** Misspellings that are not refused in one sentence with the right name: the input's, or that of a key which it equals but for `_`. */
function unrefused(name: string, known: ReadonlySet<string>, judge: Judge): string[] {
  return misspell(name)
    .filter((written) => !known.has(written))
    .filter((written) => {
      const folded = foldedOf(written);
      const right = known.has(folded) ? folded : name;
      const [fault, ...more] = judge(written);
      const [told, meant] = fault?.sentence.split("it should be") ?? [];
      return more.length > 0 || !told?.includes(`\`${written}\``) || !meant?.includes(`\`${right}\``);
    });
}

const release = await loadRelease(actionFolders());
const inputsOf = (action: string): string[] => Object.keys(release[action]?.inputs ?? {});
const everyInput = new Set(Object.keys(release).flatMap(inputsOf));
const everyKey = new Set([...everyInput, ...Object.keys(release)]);

describe.each(Object.keys(release))("%s refuses by name every one-edit misspelling", (action) => {
  const reader: Reader = { action, version: "1.2.0", release };
  const own = new Set(inputsOf(action));

  it("of an input that it is given under `with:`", () => {
    const judge: Judge = (written) => judgeGiven({ [inputVariable(written)]: "observe" }, reader);
    expect([...own].flatMap((name) => unrefused(name, own, judge))).toEqual([]);
  });

  it.runIf(release[action]?.readsFile)("of its own inputs in its section", () => {
    const judge: Judge = (written) => judgeFile({ [action]: { [written]: "observe" } }, reader).faults;
    expect([...own].flatMap((name) => unrefused(name, own, judge))).toEqual([]);
  });

  it("and not the inputs themselves", () => {
    const given = Object.fromEntries([...own].map((name) => [inputVariable(name), "observe"]));
    expect(judgeGiven(given, reader)).toEqual([]);
    const open = [...own].filter(
      (name) => takesFromFile(release, action, name) && release[action]?.inputs[name] !== "secret",
    );
    const values = Object.fromEntries(open.map((name) => [name, "observe"]));
    const file = release[action]?.readsFile ? { ...values, [action]: values } : {};
    expect(judgeFile(file, reader).faults).toEqual([]);
  });
});

describe("at the top of the file", () => {
  const readers = Object.keys(release).filter((action) => release[action]?.readsFile);
  const judgedBy =
    (action: string): Judge =>
    (written) =>
      judgeFile({ [written]: "observe" }, { action, version: "1.2.0", release }).faults;

  it("every one-edit misspelling of every input and action is refused by name, whichever action reads it first", () => {
    const turns = [...everyKey].map((name, turn) => [name, readers[turn % readers.length] ?? ""] as const);
    expect(turns.flatMap(([name, action]) => unrefused(name, everyKey, judgedBy(action)))).toEqual([]);
  });

  it("all actions say the same", () => {
    const said = readers.map((action) => JSON.stringify(judgedBy(action)("autonmy")));
    expect(new Set(said).size).toBe(1);
  });

  it("a judge that lets one misspelling pass is found out", () => {
    const lenient: Judge = (written) => (written === "autonmy" ? [] : judgedBy("claim")(written));
    expect(unrefused("autonomy", everyKey, lenient)).toEqual(["autonmy"]);
  });
});

it("the file that docs/setup.md shows is right for every action, and sections count", () => {
  const page = readFileSync(join(REPOSITORY, "docs", "setup.md"), "utf8");
  const [, shown = ""] = /## Options in one file.*?```yaml\n(.*?)```/s.exec(page) ?? [];
  for (const action of Object.keys(release))
    expect([action, judgeFile(parse(shown), { action, version: "1.2.0", release }).faults]).toEqual([
      action,
      [],
    ]);
  expect(judgeFile(parse(shown), { action: "intake", version: "1.2.0", release }).values).toMatchObject({
    limit: 20,
  });
  expect(judgeFile(parse(shown), { action: "perf-scan", version: "1.2.0", release }).values).toMatchObject({
    limit: 5,
  });
});

describe("a chain of two releases", () => {
  /** The release before `allow` was an input of all, and before there was `impact`. */
  const older: ReleaseKeys = Object.fromEntries(
    Object.entries(release)
      .filter(([action]) => action !== "impact")
      .map(([action, keys]) => {
        const { allow: _, ...inputs } = keys.inputs;
        return [action, { ...keys, version: "1.2.0", inputs }];
      }),
  );
  const before = (action: string): Reader => ({ action, version: "1.2.0", release: older });
  const since = (action: string): Reader => ({ action, version: "1.2.0", release });

  it("reads one file, each action its part of it", () => {
    const file = {
      environment: "production",
      limit: 20,
      intake: { limit: 5 },
      "verify-recovery": { allow: ["close"] },
      impact: { events: ["checkout"], limits: { day: 3 } },
    };
    expect(judgeFile(file, before("intake"))).toEqual({
      values: { environment: "production", limit: 5 },
      faults: [],
    });
    expect(judgeFile(file, before("dispatch"))).toEqual({ values: {}, faults: [] });
    expect(judgeFile(file, since("verify-recovery"))).toEqual({
      values: { environment: "production", allow: ["close"] },
      faults: [],
    });
  });

  it("says where a key goes that only the newer one knows", () => {
    expect(judgeFile({ allow: ["close"] }, before("intake")).faults).toEqual([
      expect.objectContaining({
        sentence:
          "`allow` in .github/patchpilot.yml is unknown to intake 1.2.0; if a newer action knows it, put it into that action's section.",
      }),
    ]);
    expect(judgeFile({ allow: ["close"] }, since("intake")).faults).toEqual([]);
  });

  it("has a wrong line of a section refused by the action that it is for", () => {
    const file = { "verify-recovery": { allwo: ["close"] } };
    expect(judgeFile(file, before("intake")).faults).toEqual([]);
    expect(judgeFile(file, since("verify-recovery")).faults).toHaveLength(1);
  });
});
