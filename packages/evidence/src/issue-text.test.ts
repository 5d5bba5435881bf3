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

describe("frames in each of Sentry's four templates", () => {
  const frames = (lines: string) => readIssueText(`AcmeError: x\n${lines}`)[0]?.frames ?? [];

  it("are those of Ruby", () => {
    const text =
      "  app/models/cart.rb:12:in `total'\n    items.sum(&:amount)\n  app/show.rb:8:in `Cart#show'";
    expect(frames(text)).toMatchObject([
      { path: "app/show.rb", line: 8, function: "Cart#show" },
      { path: "app/models/cart.rb", line: 12, function: "total", source: "items.sum(&:amount)" },
    ]);
  });

  it("are those of modules, and of what is not known", () => {
    const text =
      '  Module "Shop.Cart", in Total\n  ?, in [Resuming Async Method]\n  Module "Shop.Program", line 4';
    expect(frames(text)).toMatchObject([
      { path: null, module: "Shop.Program", line: 4, function: null },
      { path: null, module: null, function: "[Resuming Async Method]" },
      { path: null, module: "Shop.Cart", function: "Total" },
    ]);
  });

  it("are those of JavaScript, in folders with parentheses and without a name", () => {
    const text = "  at Page (./src/app/(api)/page.tsx:12:5)\n  at None (None)\n  at new Cart (cart.js:3)";
    expect(frames(text)).toMatchObject([
      { path: "cart.js", line: 3, column: null, function: "new Cart" },
      { path: null, function: null },
      { path: "./src/app/(api)/page.tsx", line: 12, column: 5, function: "Page" },
    ]);
  });

  it("are those of Java, without a file and unclosed as older versions write them", () => {
    const text =
      "    at com.acme.Cart$1.total(Cart.java:71\n    at com.acme.Proxy.run\n    at com.acme.Pay.go(Unknown Source)";
    expect(frames(text)).toMatchObject([
      { module: "com.acme.Pay", path: "Unknown Source" },
      { module: "com.acme.Proxy", path: null },
      { module: "com.acme.Cart", path: "Cart.java", line: 71 },
    ]);
  });
});

describe("types in the text of a Sentry issue", () => {
  it.each([
    ["App\\Exceptions\\CartException", "full"],
    ["*errors.errorString", "boom"],
    ["ActiveRecord::RecordNotFound", "Couldn't find Cart"],
    ["App Hanging", "App hanging for at least 2000 ms."],
    ["SIGSEGV / SEGV_MAPERR", "0x0"],
    ["class@anonymous", "x"],
    ["System.Collections.Generic.List`1", "x"],
  ])("may be %s", (type, value) => {
    expect(readIssueText(`${type}: ${value}`)).toMatchObject([{ type, value }]);
  });

  it("may have any words above frames", () => {
    const [thrown] = readIssueText('fatal signal (code 11): bad\n  File "a.c", line 1');
    expect(thrown?.type).toBe("fatal signal (code 11)");
  });

  it("are none in a sentence, and none where Sentry knows none", () => {
    expect(readIssueText("the cart failed: no items")).toMatchObject([
      { type: null, value: "the cart failed: no items" },
    ]);
    expect(readIssueText("None: no items")).toMatchObject([{ type: null, value: "no items" }]);
    expect(readIssueText('ClientDisconnect:\n  File "a.py", line 1')).toMatchObject([
      { type: "ClientDisconnect", value: null },
    ]);
  });
});

describe("what is around a chain", () => {
  const chain = `TransactionRequiredException: No active transaction
    at com.acme.EventService.handle(EventService.java:305)
...
(36 additional frame(s) were not displayed)

InvalidDataAccessApiUsageException: No active transaction
    at com.acme.EventService.handle(EventService.java:305)`;

  it("is no exception if it was logged", () => {
    const types = (text: string) => readIssueText(text).map(({ type }) => type);
    const both = ["TransactionRequiredException", "InvalidDataAccessApiUsageException"];
    expect(types(`${chain}\n\nHL7 processor failed for type=ORU^R01 id=019f8116`)).toEqual(both);
    expect(types(`${chain}\n\nProcessor: failed\n\n  for an id`)).toEqual(both);
    expect(types(`${chain}\n\nWrapperException: outermost`)).toEqual([...both, "WrapperException"]);
  });

  it("is the message of a stack without an exception", () => {
    const text =
      'Stacktrace (most recent call first):\n\n  File "app/b.js", line 2, in b\n  File "app/a.js", line 1, in a\n\nCart is empty: again';
    expect(readIssueText(text)).toMatchObject([
      { type: null, value: "Cart is empty: again", frames: [{ function: "a" }, { function: "b" }] },
    ]);
  });

  it("are exceptions without frames, which no blank line ends", () => {
    const text =
      'SocketException: refused\nHttpRequestException: refused (api:443)\n  File "Pay.cs", line 3, in Run';
    expect(readIssueText(text)).toMatchObject([
      { type: "SocketException", frames: [] },
      { type: "HttpRequestException", value: "refused (api:443)", frames: [{ path: "Pay.cs" }] },
    ]);
  });

  it("keeps the blank lines of a message, and lines that only look like exceptions", () => {
    const value = "\nInvalid `prisma.cart.findMany()` invocation:\n\nError: connect ECONNREFUSED";
    expect(readIssueText(`PrismaError: ${value}\n  File "a.js", line 1`)).toMatchObject([
      { type: "PrismaError", value: value.trim() },
    ]);
  });
});
