/** A part of the code whose tests are tried; paths are globs from the root of the repository. */
export interface DecidingPart {
  readonly name: string;
  readonly code: readonly string[];
  /** The tests that count: those beside the code. */
  readonly tests: readonly string[];
}

const besides = (name: string, folder: string): DecidingPart => ({
  name,
  code: [`${folder}/**/*.ts`],
  tests: [`${folder}/**/*.test.ts`],
});

/** What decides, guards or remembers. Changes to the rest are counted by nobody. */
export const DECIDING_PARTS: readonly DecidingPart[] = [
  besides("incident", "packages/incident/src"),
  besides("verdict", "packages/verdict/src"),
  besides("evidence", "packages/evidence/src"),
  besides("ledger", "packages/ledger/src"),
  besides("http", "packages/http/src"),
  besides("dispatch", "actions/dispatch/src/decide"),
  {
    name: "policy",
    code: [
      "packages/patch-policy/src/**/*.ts",
      "actions/propose/src/attempt/decide*.ts",
      "actions/propose/src/lone/decide*.ts",
    ],
    tests: [
      "packages/patch-policy/src/**/*.test.ts",
      "actions/propose/src/attempt/decide*.test.ts",
      "actions/propose/src/lone/decide*.test.ts",
    ],
  },
];

/** The folders of a part's code and tests, from the root of the repository. */
export const listPartFolders = ({ code }: DecidingPart): string[] =>
  code.map((glob) => glob.replace(/\/(\*\*\/)?[^/]*\*[^/]*$/, ""));

/** Tests, what tests are made of, and lists of exports are not changed. */
export const isChanged = (path: string): boolean =>
  !/\.test\.ts$|\/testing\/|\/index\.ts$|\.growth\./.test(path);
