import type { TestedLanguage } from "./languages.ts";

/** A program that a part needs, and how it comes to a machine without it. */
export type NeededTool = {
  readonly program: string;
  /** Bash that puts it into `$PATCHPILOT_TOOLS/bin`; undefined: its ecosystem has no way that needs no trust beyond its registry. */
  readonly install?: string | undefined;
  /** What its version must begin with, where one of another version does not do. */
  readonly major?: string | undefined;
};

/** Programs and packages of a part lie in a folder of tools; these are paths in it. */
export type ToolPlaces = {
  /** Folders that PATH begins with. */
  readonly path: readonly string[];
  /** Variables that hold a path in it. */
  readonly variables: Readonly<Record<string, string>>;
};

/** One project of the repository: a language in a folder, with what sets it up and tests it. */
export type Part = {
  /** From the top; empty for the top itself. */
  readonly folder: string;
  /** What it is written in; undefined: a Makefile alone says how it is tested. */
  readonly language: TestedLanguage | undefined;
  /** Bash, run in the folder. Undefined: there is nothing to do, or tests fetch for themselves. */
  readonly setup: string | undefined;
  /** What is done before setup's own command, such as making a place for packages; not worth telling. */
  readonly prepare?: string;
  readonly test: string | undefined;
  /** Languages that its tests run code of; undefined: its runner is not known, and by its name it tests all. */
  readonly covers: ReadonlySet<TestedLanguage> | undefined;
  readonly needs: readonly NeededTool[];
  /** Whether the tests fetch what they need, as those of Go do. */
  readonly fetches: boolean;
  readonly places: ToolPlaces;
  readonly variables: Readonly<Record<string, string>>;
  /** The file that says so. */
  readonly source: string;
};

export const NO_PLACES: ToolPlaces = { path: [], variables: {} };

/** A part without what it does not name. */
export const makePart = (part: Pick<Part, "folder" | "language" | "source"> & Partial<Part>): Part => ({
  setup: undefined,
  test: undefined,
  covers: part.language === undefined ? undefined : new Set([part.language]),
  needs: [],
  fetches: false,
  places: NO_PLACES,
  variables: {},
  ...part,
});

/** A program of npm's registry in the folder of tools. Its install scripts are its own: bun's and deno's fetch nothing else. */
export const installByNpm = (spec: string): string =>
  `npm install --global --loglevel error --no-fund --no-audit --prefix "$PATCHPILOT_TOOLS" ${spec}`;

/** A program of PyPI, in its own virtual environment in the folder of tools. */
export const installByPip = (program: string): string =>
  [
    `python3 -m venv "$PATCHPILOT_TOOLS/${program}"`,
    `"$PATCHPILOT_TOOLS/${program}/bin/pip" install --quiet --disable-pip-version-check ${program}`,
    `ln -sf "../${program}/bin/${program}" "$PATCHPILOT_TOOLS/bin/${program}"`,
  ].join(" && ");
