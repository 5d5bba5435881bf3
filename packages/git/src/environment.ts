/** Whatever could make git run something else, or mean something else, is switched off. */
const SETTINGS = [
  "core.attributesFile=/dev/null",
  "core.autocrlf=false",
  "core.excludesFile=/dev/null",
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=false",
  "core.untrackedCache=false",
  "protocol.allow=never",
  // The checkout may belong to another account than this process, as in a container.
  "safe.directory=*",
];

/** Arguments that come before those of every call. */
export const SETTING_ARGUMENTS: readonly string[] = SETTINGS.flatMap((setting) => ["-c", setting]);

/**
 * The whole environment of a call: no configuration of the machine or of the account, no prompt, no pager, no locale.
 * @param path where git is looked for
 */
export const cleanEnvironment = (path: string): Record<string, string> => ({
  PATH: path,
  LC_ALL: "C",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
});
