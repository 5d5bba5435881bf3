import { describe, expect, it } from "vitest";
import { arrangeFiles } from "./repository-files.ts";
import { filesOfStack, rankCommits, rankFiles, type TouchingCommit } from "./suspects.ts";
import type { Frame, Thrown } from "./thrown.ts";

const frame = (path: string, inApp = true): Frame => ({
  path,
  absolutePath: null,
  module: null,
  function: "run",
  line: 7,
  column: null,
  inApp,
  source: null,
});
const thrown = (...frames: Frame[]): Thrown => ({
  type: "TypeError",
  value: "x",
  module: null,
  handled: false,
  frames,
});
const files = arrangeFiles(["src/crash.ts", "src/caller.ts", "src/entry.ts", "src/db.ts", "src/lesson.ts"]);
const chain = [
  thrown(frame("src/db.ts")),
  thrown(
    frame("src/entry.ts"),
    frame("src/caller.ts"),
    frame("src/crash.ts"),
    frame("node_modules/x.js", false),
  ),
];
const commit = (sha: string, date: string, ...touched: string[]): TouchingCommit => ({
  sha: sha.repeat(40),
  date,
  headline: "change",
  files: touched,
});
const rank = (more: Partial<Parameters<typeof rankFiles>[0]> = {}) =>
  rankFiles({ files, chain, commits: [], lessons: [], most: 10, ...more });

describe("suspect files", () => {
  it("are the crash, the cause, then the callers by distance", () => {
    expect(rank().map((suspect) => suspect.file)).toEqual([
      "src/crash.ts",
      "src/db.ts",
      "src/caller.ts",
      "src/entry.ts",
    ]);
  });

  it("come with reasons", () => {
    expect(rank()[0]).toMatchObject({ line: 7, crashed: true, reasons: ["crashed here, line 7"] });
    expect(rank()[2]?.reasons).toEqual(["on the stack, 1 call above the crash"]);
  });

  it("tell what wraps an exception from what led to it", () => {
    const group = { type: "generic", source: null, id: 0, parent: null, isGroup: true };
    const member = { type: "chained", source: "errors[0]", id: 1, parent: 0, isGroup: false };
    const held = { ...thrown(frame("src/crash.ts")), mechanism: member };
    const ranked = rank({ chain: [held, { ...thrown(frame("src/entry.ts")), mechanism: group }] });
    expect(ranked[0]?.file).toBe("src/crash.ts");
    expect(ranked[1]?.reasons).toEqual(["raised the exception that wraps this one, line 7"]);
    expect(rank()[1]?.reasons).toEqual(["raised the exception that led to this one, line 7"]);
  });

  it("move up where a commit since the last good release touched them", () => {
    const ranked = rank({ commits: [commit("a", "2026-11-20", "src/entry.ts")] });
    expect(ranked.map((suspect) => suspect.file)).toEqual([
      "src/crash.ts",
      "src/db.ts",
      "src/entry.ts",
      "src/caller.ts",
    ]);
    expect(ranked[2]?.reasons).toContain("changed since the last good release (aaaaaaa)");
  });

  it("are never outranked by lessons, however many", () => {
    const lessons = Array.from({ length: 500 }, (_, issue) => ({ issue, files: ["src/lesson.ts"] }));
    expect(rank({ lessons }).at(-1)?.file).toBe("src/lesson.ts");
  });

  it("are no files that a lesson invents", () => {
    expect(
      rank({ lessons: [{ issue: 1, files: ["src/gone.ts", "../etc/passwd"] }] }).map((one) => one.file),
    ).not.toContain("src/gone.ts");
  });

  it("are at most so many", () => {
    expect(rank({ most: 2 })).toHaveLength(2);
  });
});

it("names the files of a stack, nearest to the crash first", () => {
  expect(filesOfStack(files, chain, 3)).toEqual(["src/crash.ts", "src/caller.ts", "src/entry.ts"]);
});

describe("suspect commits", () => {
  it("are those that touched the crashing file, then the most suspects, then the newest", () => {
    const commits = [
      commit("a", "2026-11-20", "src/entry.ts"),
      commit("b", "2026-11-18", "src/crash.ts"),
      commit("c", "2026-11-19", "src/entry.ts", "src/caller.ts"),
      commit("d", "2026-11-21", "README.md"),
    ];
    expect(rankCommits(commits, rank(), 5).map((one) => one.sha[0])).toEqual(["b", "c", "a"]);
  });

  it("say which file they changed", () => {
    const [first] = rankCommits([commit("b", "2026-11-18", "src/crash.ts", "README.md")], rank(), 5);
    expect(first).toMatchObject({
      files: ["src/crash.ts"],
      reasons: ["changed the crashing file since the last good release"],
    });
  });
});
