import { describe, expect, it } from "vitest";
import { crashFrame, isOwnFrame, primaryThrown, readThrown } from "./thrown.ts";

const apiFrame = (filename: string, lineNo: number, inApp: boolean) => ({
  filename,
  absPath: `webpack-internal:///${filename}`,
  module: null,
  function: "run",
  lineNo,
  colNo: 3,
  inApp,
  context: [
    [lineNo - 1, "before"],
    [lineNo, "crash();"],
  ],
  vars: { password: "hunter2!" },
});

const apiEvent = {
  entries: [
    { type: "request", data: { headers: [["Cookie", "sid=1"]] } },
    {
      type: "exception",
      data: {
        values: [
          null,
          { type: "CauseError", value: "deep", stacktrace: { frames: [apiFrame("src/db.ts", 5, true)] } },
          {
            type: "TypeError",
            value: "x is undefined",
            mechanism: { handled: false },
            stacktrace: {
              frames: [
                apiFrame("src/a.ts", 1, true),
                apiFrame("src/b.ts", 71, true),
                apiFrame("node_modules/x.js", 9, false),
              ],
            },
          },
        ],
      },
    },
  ],
};

const sdkEvent = {
  exception: {
    values: [
      {
        type: "TypeError",
        value: "x is undefined",
        stacktrace: {
          frames: [
            {
              filename: "src/b.ts",
              abs_path: "/app/src/b.ts",
              function: "run",
              lineno: 71,
              colno: 3,
              in_app: true,
              context_line: "crash();",
            },
          ],
        },
      },
    ],
  },
};

describe("exceptions of an event", () => {
  it("are read from the API's shape, oldest first", () => {
    const chain = readThrown(apiEvent);
    expect(chain.map((thrown) => thrown.type)).toEqual(["CauseError", "TypeError"]);
    expect(chain[1]?.handled).toBe(false);
    expect(chain[1]?.frames[1]).toEqual({
      path: "src/b.ts",
      absolutePath: "webpack-internal:///src/b.ts",
      module: null,
      function: "run",
      line: 71,
      column: 3,
      inApp: true,
      source: "crash();",
    });
  });

  it("are read from the SDKs' shape", () => {
    expect(readThrown(sdkEvent)[0]?.frames[0]).toMatchObject({
      absolutePath: "/app/src/b.ts",
      line: 71,
      inApp: true,
      source: "crash();",
    });
  });

  it("never hold variables, headers or a user", () => {
    expect(JSON.stringify(readThrown(apiEvent))).not.toMatch(/hunter2|sid=1/);
  });

  it("take the crashed thread's frames where the exception has none", () => {
    const event = {
      exception: { values: [{ type: "SIGSEGV", value: "bad access" }] },
      threads: {
        values: [
          { current: true },
          { crashed: true, stacktrace: { frames: [{ function: "main", in_app: true }] } },
        ],
      },
    };
    expect(readThrown(event)).toMatchObject([{ type: "SIGSEGV", frames: [{ function: "main" }] }]);
  });

  it.each([
    null,
    undefined,
    5,
    "x",
    [],
    {},
    { entries: null },
    { entries: [null, 5] },
    { exception: { values: "x" } },
    {
      entries: [
        { type: "exception", data: { values: [{ stacktrace: { frames: [null, { lineNo: "x" }] } }] } },
      ],
    },
  ])("survive a malformed event: %j", (event) => {
    expect(() => readThrown(event)).not.toThrow();
  });

  it("are cut where a stack is endless, at its old end", () => {
    const frames = Array.from({ length: 5000 }, (_, index) => ({ function: `f${index}` }));
    const [thrown] = readThrown({ exception: { values: [{ type: "RangeError", stacktrace: { frames } }] } });
    expect(thrown?.frames).toHaveLength(250);
    expect(thrown?.frames.at(-1)?.function).toBe("f4999");
  });
});

describe("the frame that crashed", () => {
  it("is the last own one of the outermost exception", () => {
    const thrown = primaryThrown(readThrown(apiEvent));
    expect(thrown?.type).toBe("TypeError");
    expect(thrown && crashFrame(thrown)).toMatchObject({ path: "src/b.ts", line: 71 });
  });

  it("is judged by its path where the reporter does not say", () => {
    const frame = {
      path: "a.js",
      absolutePath: null,
      module: null,
      function: null,
      line: 1,
      column: null,
      inApp: null,
      source: null,
    };
    expect(isOwnFrame(frame)).toBe(true);
    expect(isOwnFrame({ ...frame, path: "/app/node_modules/x/a.js" })).toBe(false);
    expect(isOwnFrame({ ...frame, path: "node:internal/process" })).toBe(false);
    expect(isOwnFrame({ ...frame, path: "<anonymous>" })).toBe(false);
  });
});
