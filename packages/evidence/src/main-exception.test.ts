import { describe, expect, it } from "vitest";
import { chooseMain } from "./main-exception.ts";
import { group, linked, thrownAt } from "./testing/thrown.ts";
import { primaryThrown, type Thrown } from "./thrown.ts";

const main = (...chain: Thrown[]) => chooseMain(chain)?.type;

describe("the main exception of a chain", () => {
  it("is the last one: what was raised, whatever caused it", () => {
    expect(main(thrownAt("SqlError", []), thrownAt("JobError", []))).toBe("JobError");
    const cause = thrownAt("TypeError", ["src/tax.ts:rate"], linked(1, 0, { source: "cause" }));
    expect(main(cause, thrownAt("JobFailedError", ["src/worker.ts:run"], linked(0)))).toBe("JobFailedError");
  });

  it("is none of none", () => {
    expect(chooseMain([])).toBeNull();
  });
});

describe("the main exception of a group", () => {
  const root = (type: string) => thrownAt(type, ["src/main.ts:main"], group(0));
  const member = (id: number, type: string, place: string, parent = 0) =>
    thrownAt(type, [place], linked(id, parent));

  it.each(["ExceptionGroup", "AggregateError", "System.AggregateException", "*errors.joinError"])(
    "is the one that %s holds",
    (type) => {
      expect(main(member(1, "ValueError", "src/pay.ts:run"), root(type))).toBe("ValueError");
    },
  );

  it("is the first of members that are one error", () => {
    const members = [2, 1].map((id) => member(id, "ValueError", "src/pay.ts:run"));
    expect(chooseMain([...members, root("ExceptionGroup")])).toBe(members[1]);
  });

  it("is the group if its members differ, by type or by place", () => {
    const pay = member(1, "ValueError", "src/pay.ts:run");
    for (const other of [member(2, "OSError", "src/pay.ts:run"), member(2, "ValueError", "src/mail.ts:send")])
      expect(main(other, pay, root("ExceptionGroup"))).toBe("ExceptionGroup");
  });

  it("is found in groups of groups, and is not its cause", () => {
    const inner = thrownAt("ExceptionGroup", [], group(1, 0));
    const held = member(2, "ValueError", "src/pay.ts:run", 1);
    const cause = member(3, "KeyError", "src/db.ts:get", 2);
    expect(main(cause, held, inner, root("ExceptionGroup"))).toBe("ValueError");
  });

  it.each<[string, Thrown[]]>([
    ["an id is missing", [thrownAt("ValueError", []), root("ExceptionGroup")]],
    ["an id is given twice", [member(0, "ValueError", "a.ts:run"), root("ExceptionGroup")]],
    ["one is its own parent", [member(1, "ValueError", "a.ts:run", 1), root("ExceptionGroup")]],
    [
      "groups hold each other and nothing else",
      [thrownAt("ExceptionGroup", [], group(1, 2)), thrownAt("ExceptionGroup", [], group(2, 1)), root("X")],
    ],
    ["there is no root", [member(2, "ValueError", "a.ts:run", 1), thrownAt("ExceptionGroup", [], group(1))]],
  ])("is the last one where %s", (_, chain) => {
    expect(chooseMain(chain)).toBe(chain.at(-1));
  });
});

describe("the main exception under a framework's wrapper", () => {
  const recovered =
    "There was an error during concurrent rendering but React was able to recover by instead synchronously rendering the entire root.";

  it("is the error that React 19 recovered from", () => {
    const cause = thrownAt("TypeError", ["src/cart.tsx:Cart"], linked(1, 0, { source: "cause" }));
    expect(main(cause, thrownAt("Error", [], { value: recovered, ...linked(0) }))).toBe("TypeError");
    expect(main(cause, thrownAt("Error", [], { value: "recovered", ...linked(0) }))).toBe("Error");
  });

  it("is the error that a React boundary caught, and not the boundary's stack of components", () => {
    const boundary = thrownAt("React ErrorBoundary TypeError", ["src/app.tsx:App"], linked(1, 0));
    expect(main(boundary, thrownAt("TypeError", ["src/cart.tsx:total"], linked(0)))).toBe("TypeError");
  });

  it("is what RxJava could not deliver", () => {
    const wrapper = {
      module: "io.reactivex.rxjava3.exceptions",
      ...linked(0, null, { type: "UncaughtExceptionHandler" }),
    };
    const cause = thrownAt("IOException", ["Cart.java:load"], linked(1, 0));
    expect(main(cause, thrownAt("UndeliverableException", [], wrapper))).toBe("IOException");
    expect(main(cause, thrownAt("UndeliverableException", [], { ...wrapper, module: "com.acme" }))).toBe(
      "UndeliverableException",
    );
  });

  it("is the one that Kotlin's notes are about, past any number of them", () => {
    const coroutine = { module: "kotlinx.coroutines.internal", ...linked(1, 0, { source: "suppressed" }) };
    const compose = { module: "androidx.compose.runtime.tooling", ...linked(2, 1) };
    const chain = [
      thrownAt("IllegalStateException", ["Cart.kt:load"], linked(0)),
      thrownAt("DiagnosticCoroutineContextException", [], coroutine),
      thrownAt("DiagnosticComposeException", [], compose),
    ];
    expect(main(...chain)).toBe("IllegalStateException");
    expect(main(...chain.map((thrown) => ({ ...thrown, mechanism: null })))).toBe("IllegalStateException");
  });
});

it("an exception without a stack names the incident, and the outermost that has one decides", () => {
  const cause = thrownAt("SqlError", ["src/db.ts:query"]);
  const raised = thrownAt("JobError", []);
  expect(chooseMain([cause, raised])).toBe(raised);
  expect(primaryThrown([cause, raised])).toBe(cause);
});
