import { describe, expect, it } from "vitest";
import { readIssueText } from "./issue-text.ts";

describe("exceptions in the text of a Sentry issue", () => {
  it("are read with type and message", () => {
    expect(readIssueText("Error: send-authored-email: no published definition matches")).toMatchObject([
      { type: "Error", value: "send-authored-email: no published definition matches", frames: [] },
    ]);
  });

  it("keep a message of several lines", () => {
    expect(readIssueText("ValueError: first\nsecond")).toMatchObject([
      { type: "ValueError", value: "first\nsecond" },
    ]);
  });

  it("have a message where no type is given", () => {
    expect(readIssueText("something went wrong")).toMatchObject([
      { type: null, value: "something went wrong" },
    ]);
  });

  it("have frames in Sentry's common form, with the line of code", () => {
    const text = `Error: Better luck next time, not implemented this
  File "/Users/x/webapp/sdk/index.js", line 28, in DocsSDK.create
    throw new Error("Better luck next time, not implemented this");`;
    expect(readIssueText(text)[0]?.frames).toMatchObject([
      {
        path: "/Users/x/webapp/sdk/index.js",
        line: 28,
        function: "DocsSDK.create",
        source: 'throw new Error("Better luck next time, not implemented this");',
      },
    ]);
  });

  it("are turned so that the crash is last where Sentry writes the newest first", () => {
    const text = `TypeError: x\n  File "app/crash.js", line 1, in crash\n  File "app/caller.js", line 2, in caller\n...\n(12 additional frame(s) were not displayed)`;
    expect(readIssueText(text)[0]?.frames.map((frame) => frame.function)).toEqual(["caller", "crash"]);
  });

  it("keep the order of Python, whose crash is last already", () => {
    const text = `KeyError: 'x'\n(3 additional frame(s) were not displayed)\n...\n  File "app/caller.py", line 2, in caller\n  File "app/crash.py", line 1, in crash`;
    expect(readIssueText(text)[0]?.frames.map((frame) => frame.function)).toEqual(["caller", "crash"]);
    const short = `KeyError: 'x'\n  File "app/caller.py", line 2, in caller\n  File "app/crash.py", line 1, in crash`;
    expect(readIssueText(short)[0]?.frames.map((frame) => frame.function)).toEqual(["caller", "crash"]);
  });

  it("have frames of browsers and of Java", () => {
    const text = `StaleStateException: unexpected row count
    at com.acme.OrderRepository.find(OrderRepository.java:55)
    at com.acme.OrderService$$SpringCGLIB$$0.start(<generated>)
...
(95 additional frame(s) were not displayed)

OrderException: no order
    at com.acme.OrderService.start(OrderService.java:140)`;
    const chain = readIssueText(text);
    expect(chain.map((thrown) => thrown.type)).toEqual(["StaleStateException", "OrderException"]);
    expect(chain[0]?.frames.at(-1)).toMatchObject({
      path: "OrderRepository.java",
      module: "com.acme.OrderRepository",
      line: 55,
    });
    expect(readIssueText("Error: x\n  at ? (/js/min.js:8:11930)")[0]?.frames).toMatchObject([
      { path: "/js/min.js", line: 8, column: 11930, function: null },
    ]);
  });

  it("are none in an empty text", () => {
    expect(readIssueText("\n \n")).toEqual([]);
  });
});
