import type { ProjectChecks } from "../step/read-project-checks.ts";
import type { ProjectCheck } from "../step/run-check.ts";

/** Whether a changed file decides what is installed: code of others may then run while the project is set up. */
export const changesDependencies = (path: string): boolean =>
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(
    path,
  );

/** Scripts of packages that the patch brings in must not see the registry's token. */
const NO_SCRIPTS = { npm_config_ignore_scripts: "true", YARN_ENABLE_SCRIPTS: "false" };

/** The setup command for a patch of these files. */
export function guardSetup({ setup }: ProjectChecks, paths: readonly string[]): ProjectCheck | undefined {
  const guarded = Object.keys(setup?.env ?? {}).length > 0 && paths.some(changesDependencies);
  return guarded && setup !== undefined ? { ...setup, env: { ...setup.env, ...NO_SCRIPTS } } : setup;
}
