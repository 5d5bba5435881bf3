import type { ProjectCheck } from "../step/run-check.ts";

/** Whether a changed file decides what is installed: code of others may then run while the project is set up. */
export const changesDependencies = (path: string): boolean =>
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(
    path,
  );

/** Scripts of packages that the patch brings in must not see the registry's token. */
const NO_SCRIPTS = { npm_config_ignore_scripts: "true", YARN_ENABLE_SCRIPTS: "false" };

/** The setup of a patch: with a token, it runs no scripts of what the patch installs. */
export const guardSetup = (setup: ProjectCheck, paths: readonly string[]): ProjectCheck =>
  Object.keys(setup.env ?? {}).length > 0 && paths.some(changesDependencies)
    ? { ...setup, env: { ...setup.env, ...NO_SCRIPTS } }
    : setup;
