import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** A variable by which a toolchain finds its files, and the path that it holds. */
export type ToolHome = { readonly name: string; readonly path: string };

/** Toolchains that look into the account's home if nothing is set: a sandbox has its own. */
const IN_THE_HOME: Readonly<Record<string, string>> = {
  RUSTUP_HOME: ".rustup",
  PYENV_ROOT: ".pyenv",
  RBENV_ROOT: ".rbenv",
  NODENV_ROOT: ".nodenv",
  NVM_DIR: ".nvm",
  VOLTA_HOME: ".volta",
  SDKMAN_DIR: ".sdkman",
  DOTNET_ROOT: ".dotnet",
  ASDF_DIR: ".asdf",
  ASDF_DATA_DIR: ".asdf",
  MISE_DATA_DIR: ".local/share/mise",
};

/** What makes Java's tools use a home: by themselves they look the account's up, whatever `HOME` says. */
export const javaVariables = (home: string) => ({
  MAVEN_OPTS: `-Duser.home=${home}`,
  GRADLE_USER_HOME: join(home, ".gradle"),
});

/** Where programs are, and not what somebody has set or stored, such as `CARGO_HOME` and `GRADLE_USER_HOME`. */
const NAMED = new RegExp(
  `^(${[
    ...["(JAVA|GRAALVM|GRADLE|MAVEN|M2|ANT|KOTLIN|SCALA|SBT|ERLANG|ELIXIR)_HOME", "JAVA_HOME_\\d+_\\w+"],
    ...["ANDROID_(HOME|SDK_ROOT)", "ANDROID_NDK(_(HOME|ROOT|LATEST_HOME))?", "GOROOT(_\\d+_\\d+_\\w+)?"],
    ...["pythonLocation", "CONDA", "DOTNET_INSTALL_DIR", "FLUTTER_(HOME|ROOT)", "SWIFT_PATH", "N_PREFIX"],
    ...["CHROME_(BIN|PATH)", "(CHROME|EDGE|GECKO)WEBDRIVER", "PLAYWRIGHT_BROWSERS_PATH"],
    ...["PUPPETEER_(CACHE_DIR|EXECUTABLE_PATH)", "CYPRESS_CACHE_FOLDER"],
  ].join("|")})$`,
);

/** Where Maven, Gradle and cargo keep credentials: a folder with one of these, such as `~/.m2`, holds not only programs. */
const CREDENTIALS = [
  "settings.xml",
  "settings-security.xml",
  "gradle.properties",
  "credentials",
  "credentials.toml",
];

/**
 * The homes of toolchains that a job's commands would find: by their variables, or in the account's home. A folder that
 * may hold credentials beside programs is none.
 * @param machine the machine's variables, without the runner's
 */
export function readToolHomes(machine: Readonly<Record<string, string>>): ToolHome[] {
  const home = machine["HOME"];
  const defaults = Object.entries(IN_THE_HOME).flatMap(([name, folder]) => {
    const path = join(home ?? "", folder);
    return home !== undefined && machine[name] === undefined && existsSync(path) ? [{ name, path }] : [];
  });
  const named = Object.entries(machine)
    .filter(([name]) => Object.hasOwn(IN_THE_HOME, name) || NAMED.test(name))
    .map(([name, path]) => ({ name, path: path.replace(/(?<=.)\/+$/, "") }));
  return [...named, ...defaults].filter(({ path }) => isAbsolute(path) && !holdsCredentials(path));
}

const holdsCredentials = (folder: string): boolean =>
  CREDENTIALS.some((name) => existsSync(join(folder, name)));
