import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifyError } from "./identity.ts";
import { group, linked, ownFrame, thrownAt } from "./testing/thrown.ts";
import type { Thrown } from "./thrown.ts";

const identify = (chain: readonly Thrown[], project = "SHOP") => identifyError(chain, project);

/** How two errors are to each other. */
function compare(one: readonly Thrown[], other: readonly Thrown[], projects = ["SHOP", "SHOP"]): string {
  const [a, b] = [identify(one, projects[0]), identify(other, projects[1])];
  if (a === null || b === null || a.likeness !== b.likeness) return "different";
  return a.fingerprint !== null && a.fingerprint === b.fingerprint ? "same" : "alike";
}

describe("two errors are one", () => {
  const error = (changes: Partial<Thrown> = {}) => thrownAt("TypeError", ["src/pay.ts:pay"], changes);

  it("if project, folders and the whole chain agree, whatever their messages and lines", () => {
    const other = { ...error(), value: "id 2", frames: [ownFrame("src/pay.ts:pay", { line: 99 })] };
    expect(compare([error()], [other])).toBe("same");
    const cause = thrownAt("SqlError", ["src/db.ts:query"]);
    expect(compare([cause, error()], [cause, other])).toBe("same");
  });

  it("on any machine of one kind, in any release", () => {
    const at = (absolutePath: string) => [
      { ...error(), frames: [ownFrame("src/pay.ts:pay", { absolutePath })] },
    ];
    const pairs = [
      ["/home/ann/shop/src/pay.ts", "/home/bob/shop/src/pay.ts"],
      ["C:\\Users\\ann\\shop\\src\\pay.ts", "C:\\Users\\bob\\shop\\src\\pay.ts"],
      ["/srv/releases/20261128101010/src/pay.ts", "/srv/releases/20261129111111/src/pay.ts"],
      ["/opt/shop-1.2.3/src/pay.ts", "/opt/shop-1.2.4/src/pay.ts"],
      ["https://a.example/src/pay.ts?v=1", "https://b.example/src/pay.ts?v=2"],
    ] as const;
    for (const [one, other] of pairs) expect([one, compare(at(one), at(other))]).toEqual([one, "same"]);
  });

  it("if a group holds the same members, in any order and number", () => {
    const root = thrownAt("ExceptionGroup", ["src/main.ts:main"], group(0));
    const members = [
      thrownAt("ValueError", ["src/pay.ts:pay"], linked(1, 0)),
      thrownAt("OSError", ["src/mail.ts:send"], linked(2, 0)),
    ];
    const more = thrownAt("ValueError", ["src/pay.ts:pay"], linked(3, 0));
    expect(compare([...members, root], [more, ...members.toReversed(), root])).toBe("same");
  });

  it("whatever Kotlin notes about the coroutine", () => {
    const note = (value: string) =>
      thrownAt("DiagnosticCoroutineContextException", [], { value, module: "kotlinx.coroutines.internal" });
    expect(compare([note("@f8e3b0d"), error()], [note("@5428648a"), error()])).toBe("same");
  });
});

describe("two errors only look alike", () => {
  it("if one wrapper threw them for two causes", () => {
    const wrapper = thrownAt("JobFailedError", ["src/server.ts:main", "src/worker.ts:runJob"], linked(0));
    const tax = thrownAt("TypeError", ["src/tax.ts:rateOf"], linked(1, 0));
    const mail = thrownAt("SmtpError", ["src/mail.ts:send"], linked(1, 0));
    expect(compare([tax, wrapper], [mail, wrapper])).toBe("alike");
    expect(compare([wrapper], [mail, wrapper])).toBe("alike");
  });

  it.each(["ExceptionGroup", "AggregateError", "System.AggregateException", "*errors.joinError"])(
    "if one %s held them",
    (type) => {
      const root = thrownAt(type, ["src/main.ts:main"], group(0));
      const pay = thrownAt("ValueError", ["src/pay.ts:run"], linked(1, 0));
      const mail = thrownAt("ConnectionError", ["src/mail.ts:run"], linked(1, 0));
      expect(compare([pay, root], [mail, root])).toBe("alike");
      expect(compare([pay, root], [mail, pay, root])).toBe("alike");
    },
  );

  it("if two causes without a stack differ by their messages", () => {
    const raised = thrownAt("Error", ["src/sync.rs:sync"]);
    const cause = (value: string) => thrownAt("io::Error", [], { value });
    expect(compare([cause("connection refused"), raised], [cause("no such file"), raised])).toBe("alike");
    expect(compare([cause("no file 12"), raised], [cause("no file 13"), raised])).toBe("same");
  });

  it("if they come from two projects, or the project is unknown", () => {
    const error = [thrownAt("TypeError", ["src/index.ts:pay"])];
    expect(compare(error, error, ["WEB", "API"])).toBe("alike");
    expect(compare(error, error, ["shop", "SHOP"])).toBe("same");
    expect(identifyError(error, null)?.fingerprint).toBeNull();
  });

  it("if their folders differ, whichever path or module says so", () => {
    const at = (changes: object) => [
      thrownAt("TypeError", [], { frames: [ownFrame("src/index.ts:pay", changes)] }),
    ];
    const inApp = (app: string) => at({ absolutePath: `/srv/apps/${app}/src/index.ts` });
    expect(compare(inApp("web"), inApp("api"))).toBe("alike");
    const deep = (app: string) =>
      at({ path: `apps/${app}/src/cart/lib/total.ts`, absolutePath: null, function: "total" });
    expect(compare(deep("web"), deep("api"))).toBe("alike");
    const javaClass = (module: string) => at({ path: "Cart.java", absolutePath: null, module });
    expect(compare(javaClass("com.shop.web.Cart"), javaClass("com.shop.api.Cart"))).toBe("alike");
  });

  it("if only entry points or nameless functions are in them", () => {
    for (const name of ["main", "handler", "<anonymous>", "t"]) {
      const error = [thrownAt("TypeError", [`dist/index.js:${name}`])];
      expect([name, compare(error, error)]).toEqual([name, "alike"]);
    }
  });

  it("if one of them is of a minified bundle's nameless functions, whatever it is wrapped in", () => {
    const raised = thrownAt("TypeError", ["assets/index.js:n", "assets/index.js:t"]);
    const boundary = thrownAt("React ErrorBoundary TypeError", ["assets/index.js:Cart", "assets/index.js:t"]);
    const job = thrownAt("JobFailedError", ["src/worker.ts:runJob"]);
    expect(compare([boundary, raised], [boundary, raised])).toBe("alike");
    expect(compare([raised, job], [raised, job])).toBe("alike");
  });
});

describe("nothing but Sentry's issue distinguishes an error", () => {
  it.each<[string, Thrown[]]>([
    ["without an exception", []],
    ["without a stack", [thrownAt("UnhandledRejection", [])]],
    [
      "where all frames are a library's",
      [thrownAt("Error", [], { frames: [ownFrame("a.js:run", { inApp: false })] })],
    ],
  ])("%s", (_, chain) => {
    expect(identify(chain)).toBeNull();
  });
});

describe("laws of identity", () => {
  const place = fc.constantFrom(
    "src/a.ts:total",
    "src/b.ts:total",
    "src/a.ts:main",
    "dist/x.js:t",
    "lib/src/a.ts:total",
  );
  const frame = fc
    .tuple(place, fc.boolean(), fc.constantFrom("/srv/web/", "/srv/api/"))
    .map(([at, inApp, root]) => ownFrame(at, { inApp, absolutePath: `${root}${at.split(":")[0]}` }));
  const mechanism = fc.option(
    fc.record({
      type: fc.constant(null),
      source: fc.constantFrom(null, "cause"),
      id: fc.nat({ max: 3 }),
      parent: fc.option(fc.nat({ max: 3 })),
      isGroup: fc.boolean(),
    }),
  );
  const chain = fc.array(
    fc
      .record({ type: fc.constantFrom("A", "B"), frames: fc.array(frame, { maxLength: 3 }), mechanism })
      .map(({ type, ...more }) => thrownAt(type, [], more)),
    { maxLength: 3 },
  );
  const project = fc.constantFrom("WEB", "API");

  it("an error is to another as that is to it, and itself is never different from itself", () => {
    fc.assert(
      fc.property(chain, chain, project, project, (one, other, first, second) => {
        expect(compare(one, other, [first, second])).toBe(compare(other, one, [second, first]));
        if (identify(one) !== null) expect(compare(one, one)).not.toBe("different");
      }),
      { numRuns: 500 },
    );
  });

  const pair = fc.oneof(
    fc.tuple(chain, chain),
    chain.map((one) => [one, one] as const),
  );

  it("what looks different is never one, and one are only errors of one project", () => {
    fc.assert(
      fc.property(pair, project, project, ([one, other], first, second) => {
        const [a, b] = [identify(one, first), identify(other, second)];
        if (a === null || b === null || a.fingerprint === null || a.fingerprint !== b.fingerprint) return;
        expect([a.likeness, first]).toEqual([b.likeness, second]);
      }),
      { numRuns: 1000 },
    );
  });

  it("a cause that both have brings no two errors together that their names keep apart", () => {
    const cause = thrownAt("Cause", ["src/db.ts:query"]);
    fc.assert(
      fc.property(chain, chain, (one, other) => {
        const [a, b] = [identify(one), identify(other)];
        if (a === null || b === null) return;
        const isApart =
          a.likeness !== b.likeness || (a.fingerprint !== null && a.fingerprint !== b.fingerprint);
        if (isApart) expect(compare([cause, ...one], [cause, ...other])).not.toBe("same");
      }),
      { numRuns: 1000 },
    );
  });
});

it("likeness stays what older records hold", () => {
  const frames = [ownFrame("src/pay.ts:pay"), ownFrame("/srv/a/app/js/main.5f3a9c1b.js:total")];
  expect(identify([thrownAt("TypeError", [], { frames })])?.likeness).toBe(
    "a5d72099c327a1a47eb3a213ab581498",
  );
});
