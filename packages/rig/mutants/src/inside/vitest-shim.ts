/** Replaces `vitest` in test files: registers tests to run them again and again. The rest is vitest's. */
export * from "vitest";

import { type Hook, newSuite, register } from "./register.ts";

type Body = (...values: unknown[]) => unknown;
type Add = (name: unknown, first: unknown, second?: unknown) => void;

/** The function of a test, which may come before or after its options. */
const takeBody = (first: unknown, second: unknown): Body =>
  (typeof first === "function" ? first : second) as Body;

const addTest: Add = (name, first, second) => {
  const { suite, tests } = register();
  const body = takeBody(first, second);
  tests.push({ name: `${suite.name} ${String(name)}`.trim(), suite, run: () => body({}) });
};

const addSuite: Add = (name, first, second) => {
  const all = register();
  const outer = all.suite;
  all.suite = newSuite(`${outer.name} ${String(name)}`.trim(), outer);
  all.suites.push(all.suite);
  takeBody(first, second)();
  all.suite = outer;
};

const nothing: Add = () => undefined;

const withRows = (add: Add) =>
  Object.assign((name: unknown, first: unknown, second?: unknown) => add(name, first, second), {
    each:
      (rows: readonly unknown[]): Add =>
      (name, first, second) => {
        const body = takeBody(first, second);
        for (const row of rows) add(name, () => body(...(Array.isArray(row) ? row : [row])));
      },
    for:
      (rows: readonly unknown[]): Add =>
      (name, first, second) => {
        for (const row of rows) add(name, () => takeBody(first, second)(row, {}));
      },
    skip: Object.assign(nothing, { each: () => nothing }),
    todo: nothing,
    skipIf: (isSkipped: unknown): Add => (isSkipped ? nothing : add),
    runIf: (isRun: unknown): Add => (isRun ? add : nothing),
  });

export const test = withRows(addTest);
export const it = withRows(addTest);
export const describe = withRows(addSuite);

const hook = (kind: "beforeAll" | "afterAll" | "beforeEach" | "afterEach") => (run: Hook) => {
  register().suite.hooks[kind].push(run);
};
export const beforeAll = hook("beforeAll");
export const afterAll = hook("afterAll");
export const beforeEach = hook("beforeEach");
export const afterEach = hook("afterEach");

export const onTestFinished = (run: Hook): void => {
  register().atEnd.push(run);
};
