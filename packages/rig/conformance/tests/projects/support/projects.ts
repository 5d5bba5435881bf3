import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A small project of the world, with what a workflow says of it. */
export type TestedProject = {
  readonly name: string;
  /** Programs that the machine must have. */
  readonly programs: readonly string[];
  /** The file that holds the fault. */
  readonly faulty: string;
  readonly inputs: Readonly<Record<string, string>>;
};

export const PROJECTS: readonly TestedProject[] = [
  {
    name: "pytest",
    programs: ["python3"],
    faulty: "cart.py",
    inputs: {
      "setup-command": "python3 -m venv .venv && .venv/bin/pip install --quiet -r requirements.txt",
      "test-command": ".venv/bin/python -m pytest",
    },
  },
  { name: "go", programs: ["go"], faulty: "cart.go", inputs: {} },
  { name: "cargo", programs: ["cargo", "cc"], faulty: "src/lib.rs", inputs: {} },
  { name: "maven", programs: ["mvn", "java"], faulty: "src/main/java/shop/Cart.java", inputs: {} },
  {
    name: "pnpm",
    programs: ["node", "npx"],
    faulty: "cart.js",
    inputs: {
      "setup-command": "npx -y --allow-scripts=pnpm pnpm@12.21.0 install --frozen-lockfile",
      "test-command": "node --test",
    },
  },
];

/** Set up by its lockfile, and tested with a database on the machine's localhost. */
export const WITH_DATABASE: TestedProject = {
  name: "postgres",
  programs: ["node", "npm", "initdb", "postgres"],
  faulty: "cart.js",
  inputs: {},
};

/** The files of a project, by their paths. */
export function readProject({ name }: TestedProject): Record<string, string> {
  const folder = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
