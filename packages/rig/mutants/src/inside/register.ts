/** What a test file has registered; the shim fills it, trials read it. It outlives modules that are loaded again. */
export interface Suite {
  readonly parent: Suite | undefined;
  readonly name: string;
  readonly hooks: Readonly<Record<"beforeAll" | "afterAll" | "beforeEach" | "afterEach", Hook[]>>;
}

export type Hook = () => unknown;

export interface RegisteredTest {
  readonly name: string;
  readonly suite: Suite;
  readonly run: () => unknown;
}

export interface Register {
  suite: Suite;
  suites: Suite[];
  tests: RegisteredTest[];
  /** What the test that runs wants done at its end. */
  atEnd: Hook[];
}

export const newSuite = (name: string, parent: Suite | undefined): Suite => ({
  name,
  parent,
  hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] },
});

const home = globalThis as { __mutantTests__?: Register };

export function register(): Register {
  home.__mutantTests__ ??= emptyRegister();
  return home.__mutantTests__;
}

export function emptyRegister(): Register {
  const suite = newSuite("", undefined);
  home.__mutantTests__ = { suite, suites: [suite], tests: [], atEnd: [] };
  return home.__mutantTests__;
}
