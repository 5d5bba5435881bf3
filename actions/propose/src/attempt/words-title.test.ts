import { workOrder } from "@patchpilot/incident";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CONTROL_WORDS } from "../testing/control-words.ts";
import { makeOrder } from "../testing/work-order.ts";
import { attemptTitle, type TitleFacts } from "./words-title.ts";

const SIDE = { mode: "100644", oid: "1" };
const changed = (path: string) => ({ path, before: SIDE, after: { mode: "100644", oid: "2" } });

type Given = {
  readonly kind?: string;
  readonly title?: string;
  readonly shortId?: string;
  readonly route?: string;
};

const facts = ({ kind, title, shortId, route }: Given = {}, paths = ["src/cart.js"]): TitleFacts => ({
  reference: "#12",
  attempt: 2,
  order: workOrder.parse(
    makeOrder(
      {
        attempt: 2,
        suspectFiles: ["src/cart.js"],
        ...(route === undefined
          ? {}
          : {
              performance: {
                verdict: "slow",
                source: "spans",
                operation: { project: "web", op: "http.server", transaction: route, description: "" },
                window: { from: "", to: "" },
                threshold: 500,
                now: { p95: 630 },
              },
            }),
      },
      { title: title ?? "TypeError: cannot read total", ...(kind ? { kind } : {}), shortId },
    ),
  ),
  changes: paths.map(changed),
  secrets: [],
});

const titleOf = (given: Given, paths?: string[]) => attemptTitle(facts(given, paths));

test.each<[Given, string]>([
  [{ shortId: "SHOP-2T" }, "Repair TypeError in src/cart.js (SHOP-2T, attempt 2)"],
  [{}, "Repair TypeError in src/cart.js (#12, attempt 2)"],
  [
    { title: "java.lang.NullPointerException" },
    "Repair NullPointerException in src/cart.js (#12, attempt 2)",
  ],
  [{ title: "App\\Cart\\TotalException: no" }, "Repair TotalException in src/cart.js (#12, attempt 2)"],
  [{ title: "the cart is empty" }, "Repair the error in src/cart.js (#12, attempt 2)"],
  [{ kind: "performance", route: "POST /checkout" }, "Speed up POST /checkout (#12, attempt 2)"],
  [
    { kind: "performance", route: "GET /a/[id]" },
    "Speed up a slow operation in src/cart.js (#12, attempt 2)",
  ],
  [{ kind: "issue", title: "Add a field for coupons." }, "Add a field for coupons (#12, attempt 2)"],
  [{ kind: "task", title: "Update `zod` to 4.1" }, "Update 'zod' to 4.1 (#12, attempt 2)"],
  [{ kind: "issue", title: "Fix" }, "Carry out what was asked for (#12, attempt 2)"],
  [{ kind: "issue", title: "feat: skip the major bump" }, "Carry out what was asked for (#12, attempt 2)"],
])("of %j the title is %j", (given, title) => {
  expect(titleOf(given)).toBe(title);
});

test.each([
  undefined,
  "",
  "SHOP",
  "shop-2t",
  "GH-1",
  "-1",
  "SHOP-2T [skip ci]",
  "SHOP-2T\nSHOP-3",
  `${"A".repeat(63)}-1`,
])("without a short id of Sentry, as in %j, the title names the issue", (shortId) => {
  expect(titleOf(shortId === undefined ? {} : { shortId })).toContain("(#12, attempt 2)");
});

test.each(["MAJOR-LEAGUE-2T", "BEGIN_NESTED_COMMIT-1", "SKIP-IT-3", "REBASE-4"])(
  "the title names the issue where a project's own name would act, as in %s",
  (shortId) => {
    expect(titleOf({ shortId })).toBe("Repair TypeError in src/cart.js (#12, attempt 2)");
  },
);

test("an issue of another repository is named in full", () => {
  expect(attemptTitle({ ...facts(), reference: "acme/incidents#12" })).toContain(
    "(acme/incidents#12, attempt 2)",
  );
});

test("without a work order the title names the incident alone", () => {
  expect(attemptTitle({ ...facts(), order: undefined })).toBe("Repair (#12, attempt 2)");
});

test.each<[string, string[], string]>([
  ["a suspect before others", ["src/a.js", "src/cart.js"], "in src/cart.js ("],
  ["another file if no suspect changes", ["src/money.js"], "in src/money.js ("],
  ["no test", ["test/cart.test.js", "src/money.js"], "in src/money.js ("],
  ["no file of tests alone", ["test/cart.test.js"], "Repair TypeError ("],
  ["the name alone of a path with signs", ["app/(shop)/[id]/page.tsx"], "in page.tsx ("],
  ["no name with signs", ["src/[skip ci].js"], "Repair TypeError ("],
])("the title names %s", (_, paths, part) => {
  expect(titleOf({}, paths)).toContain(part);
});

test("a file that the patch makes is not named: its name is the agent's", () => {
  const made = { path: "src/new.js", after: SIDE };
  expect(attemptTitle({ ...facts(), changes: [made] })).toBe("Repair TypeError (#12, attempt 2)");
});

test("no title is longer than GitHub takes", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (text, path) => {
      for (const kind of ["error", "performance", "issue", "task"])
        expect(titleOf({ kind, title: text, route: `GET /${text}` }, [path]).length).toBeLessThanOrEqual(256);
    }),
  );
});

/** What the title says itself: the number. */
const act = (title: string): string[] =>
  CONTROL_WORDS.filter(({ pattern }) => pattern.test(title.replace("(#12, attempt 2)", ""))).map(
    ({ text }) => text,
  );

test("whatever production, requests and paths hold, no program acts on the title", () => {
  const texts = CONTROL_WORDS.map(({ text }) => text);
  const glue = [
    "",
    " ",
    "-",
    ".",
    "/",
    ": ",
    "Error",
    "Exception",
    ".js",
    "src/",
    "GET /",
    "fix ",
    "Fixes",
    "SHOP-1",
  ];
  const slugs = texts.map((text) => `${text.toUpperCase().replace(/[^A-Z0-9_]+/g, "-")}-1`);
  const hostile = fc
    .array(fc.constantFrom(...texts, ...glue, ...texts.map((text) => text.replace(/\W+/g, ""))), {
      maxLength: 6,
    })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      hostile,
      hostile,
      fc.oneof(hostile, fc.constantFrom(...slugs)),
      fc.constantFrom("error", "performance", "issue", "task"),
      (text, path, shortId, kind) => {
        expect(act(titleOf({ kind, title: text, route: text, shortId }, [path]))).toEqual([]);
      },
    ),
    { numRuns: 4000 },
  );
});

test("without the rules for names, a title would act", () => {
  expect(act("Repair SkipError in src/[skip ci].js")).not.toEqual([]);
});
