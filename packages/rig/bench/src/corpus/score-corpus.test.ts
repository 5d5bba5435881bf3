import { fileURLToPath } from "node:url";
import { eventSchema } from "@patchpilot/sentry";
import { describe, expect, it } from "vitest";
import { sumScores } from "./corpus-tables.ts";
import { type CorpusPart, PARTS, readCorpus, type SdkCorpus } from "./read-corpus.ts";
import { type Hits, scoreCorpus } from "./score-corpus.ts";

const FOLDER = fileURLToPath(new URL("../../corpus", import.meta.url));
const sumPart = (part: CorpusPart) => sumScores(readCorpus(FOLDER, part).map(scoreCorpus));
const percent = ({ right, all }: Hits) => (100 * right) / all;

describe("the public corpus", () => {
  it("holds 200 frames and 40 events that the code may be fitted to, and half as many that it may not", () => {
    const [open, heldOut] = PARTS.map(sumPart);
    expect(open?.frames.all).toBeGreaterThanOrEqual(200);
    expect(open?.crashes.all).toBeGreaterThanOrEqual(40);
    expect(heldOut?.frames.all).toBeGreaterThanOrEqual(100);
    expect(heldOut?.crashes.all).toBeGreaterThanOrEqual(20);
  });

  it("holds each SDK in both parts", () => {
    const [open, heldOut] = PARTS.map((part) => readCorpus(FOLDER, part).map(({ sdk }) => sdk));
    expect(open).toEqual(heldOut);
    expect(open?.length).toBeGreaterThanOrEqual(17);
  });
});

describe.each(PARTS)("of the part %s", (part) => {
  it("at least 99 % of the files are right", () => {
    expect(percent(sumPart(part).frames)).toBeGreaterThanOrEqual(99);
  });

  it("no file is wrong at a confidence that lets a worker start", () => {
    expect(sumPart(part).sureAndWrong).toBe(0);
  });

  it("every main exception, file that crashed and category is right", () => {
    const { exceptions, crashes, categories } = sumPart(part);
    expect([exceptions, crashes, categories].map(percent)).toEqual([100, 100, 100]);
  });
});

describe("a score", () => {
  const frame = {
    path: "/app/src/a.ts",
    absolutePath: null,
    module: null,
    function: null,
    line: 1,
    column: null,
    inApp: true,
    source: null,
  };
  const score = (file: string | null) => {
    const corpus: SdkCorpus = {
      sdk: "node",
      part: "open",
      files: ["src/a.ts", "src/b.ts"],
      frames: [{ source: "https://example.com/", frame, file }],
      events: [],
    };
    return scoreCorpus(corpus);
  };

  it("counts a right file, and neither misses it nor calls it wrong", () => {
    expect(score("src/a.ts")).toMatchObject({ frames: { right: 1, all: 1 }, sureAndWrong: 0, misses: [] });
  });

  it("counts a wrong file as wrong at a high confidence, and names what was right", () => {
    expect(score("src/b.ts")).toMatchObject({ frames: { right: 0, all: 1 }, sureAndWrong: 1 });
    expect(score("src/b.ts").misses[0]).toContain("file: src/a.ts and not src/b.ts");
    expect(score(null).misses[0]).toContain("file: src/a.ts and not none");
  });

  it.each([
    ["performance", "error", "error and not performance"],
    ["error", "performance_slow_db_query", "performance and not error"],
  ])(
    "counts a category by what intake says of the issue: right is %s of the type %s",
    (category, issueType, miss) => {
      const source = "https://example.com/";
      const issue = { issueCategory: "error", issueType, type: "error" };
      const event = eventSchema().parse({});
      const right = { exception: null, category, file: null };
      const { categories, misses } = scoreCorpus({
        ...{ sdk: "node", part: "open", files: ["src/a.ts"], frames: [] },
        events: [{ source, issue, event, right }],
      });
      expect(categories).toEqual({ right: 0, all: 1 });
      expect(misses[0]).toContain(miss);
    },
  );
});
