import { describe, expect, it } from "vitest";
import { eventSchema } from "./event.ts";

const read = (event: object) => eventSchema().parse({ eventID: "e", ...event }).exceptions;

const apiFrame = (filename: string, lineNo: number, inApp: boolean) => ({
  filename,
  absPath: `webpack-internal:///${filename}`,
  module: null,
  package: "shop",
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

const sdkFrame = {
  filename: "src/b.ts",
  abs_path: "/app/src/b.ts",
  package: "shop",
  function: "run",
  lineno: 71,
  colno: 3,
  in_app: true,
  context_line: "crash();",
  vars: { password: "hunter2!" },
};

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
            stacktrace: { frames: [apiFrame("src/a.ts", 1, true), apiFrame("src/b.ts", 71, true)] },
          },
        ],
      },
    },
  ],
};

/** What both shapes say of the frame that crashed. */
const CRASH = {
  path: "src/b.ts",
  module: null,
  package: "shop",
  function: "run",
  line: 71,
  column: 3,
  inApp: true,
  source: "crash();",
};

describe("exceptions of an event", () => {
  it("are read from the API's shape, oldest first", () => {
    const chain = read(apiEvent);
    expect(chain.map(({ type }) => type)).toEqual(["CauseError", "TypeError"]);
    expect(chain[1]?.handled).toBe(false);
    expect(chain[1]?.frames[1]).toEqual({ ...CRASH, absolutePath: "webpack-internal:///src/b.ts" });
  });

  it("are read from the SDKs' shape", () => {
    const values = [{ type: "TypeError", value: "x is undefined", stacktrace: { frames: [sdkFrame] } }];
    const [exception] = read({ exception: { values } });
    expect(exception?.frames).toEqual([{ ...CRASH, absolutePath: "/app/src/b.ts" }]);
  });

  it("say where each is in the tree of causes and groups, in both shapes", () => {
    const held = { type: "chained", source: "exceptions[0]", exception_id: 1, parent_id: 0 };
    const root = { type: "asyncio", handled: false, exception_id: 0, is_exception_group: true };
    const values = [held, root, null].map((mechanism) => ({ type: "Error", mechanism }));
    const nothing = { type: null, source: null, handled: null, id: null, parent: null, isGroup: false };
    for (const event of [{ exception: { values } }, { entries: [{ type: "exception", data: { values } }] }])
      expect(read(event).map(({ mechanism }) => mechanism)).toEqual([
        { ...nothing, type: "chained", source: "exceptions[0]", id: 1, parent: 0 },
        { ...nothing, type: "asyncio", handled: false, id: 0, isGroup: true },
        null,
      ]);
  });

  it("leave it open whose a frame is where the SDK does not say", () => {
    const values = [{ type: "Error", stacktrace: { frames: [{ filename: "src/b.ts" }] } }];
    expect(read({ exception: { values } })[0]?.frames[0]?.inApp).toBeNull();
  });

  it("never hold variables, headers or a user", () => {
    const threads = {
      values: [{ crashed: true, stacktrace: { frames: [sdkFrame], registers: { r0: "sid=1" } } }],
    };
    expect(JSON.stringify([read(apiEvent), read({ threads })])).not.toMatch(/hunter2|sid=1/);
  });

  it("are cut where a stack is endless, at its old end", () => {
    const frames = Array.from({ length: 5000 }, (_, index) => ({ function: `f${index}` }));
    const [thrown] = read({ exception: { values: [{ type: "RangeError", stacktrace: { frames } }] } });
    expect(thrown?.frames).toHaveLength(250);
    expect(thrown?.frames.at(-1)?.function).toBe("f4999");
  });

  it("take numbers that a serialiser wrote as texts", () => {
    const frame = { filename: "src/b.ts", lineNo: "71", context: [["71", "crash();"]] };
    const [exception] = read({ exception: { values: [{ stacktrace: { frames: [frame] } }] } });
    expect(exception?.frames).toMatchObject([{ line: 71, source: "crash();" }]);
  });

  it.each([
    {},
    { entries: null },
    { entries: [null, 5] },
    { exception: { values: "x" } },
    { threads: [], stacktrace: 5 },
    { threads: { values: [{ crashed: true, stacktrace: null }] } },
    {
      entries: [
        { type: "exception", data: { values: [{ stacktrace: { frames: [null, { lineNo: "x" }] } }] } },
      ],
    },
  ])("survive a malformed event: %j", (event) => {
    expect(() => read(event)).not.toThrow();
  });
});

describe("where no exception has frames", () => {
  const crash = { type: "SIGSEGV", value: "bad access" };
  const threads = {
    values: [
      { current: true, stacktrace: { frames: [{ function: "idle" }] } },
      { crashed: true, stacktrace: { frames: [{ function: "main" }] } },
    ],
  };

  it.each([
    [
      "the API's",
      {
        entries: [
          { type: "exception", data: { values: [crash] } },
          { type: "threads", data: threads },
        ],
      },
    ],
    ["the SDKs'", { exception: { values: [crash] }, threads }],
  ])("those of the crashed thread stand in, in %s shape", (_, event) => {
    expect(read(event)).toMatchObject([{ type: "SIGSEGV", frames: [{ function: "main" }] }]);
  });

  it("those of the current thread stand in where none crashed, as in a hang without exception", () => {
    const [current] = threads.values;
    const event = { entries: [{ type: "threads", data: { values: [{ id: 1 }, current] } }] };
    expect(read(event)).toMatchObject([{ type: null, value: null, frames: [{ function: "idle" }] }]);
  });

  it("a bare stack stands in", () => {
    const data = { frames: [apiFrame("src/b.ts", 71, true)] };
    expect(read({ entries: [{ type: "stacktrace", data }] })).toMatchObject([
      { type: null, frames: [{ path: "src/b.ts", line: 71, source: "crash();" }] },
    ]);
  });
});
