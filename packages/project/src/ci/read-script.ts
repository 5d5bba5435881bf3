import { joinPath } from "../base-files.ts";

/** One command of a script, and the folder that it runs in. */
export type CiLine = { readonly folder: string; readonly command: string };

const CONTROL = /^\s*(if|for|while|until|case|select|function)\b|^\s*\w+\s*\(\)\s*\{|<<-?\s*['"]?\w/m;

/**
 * The commands of a script, one by one. A script with loops or conditions is one command: nothing can be taken out of it.
 * @param folder where it begins
 */
export function readScript(script: string, folder: string): CiLine[] {
  if (CONTROL.test(script)) return [{ folder, command: script.trim() }];
  const lines = script.replace(/\\\n\s*/g, " ").split("\n");
  let at = folder;
  return lines
    .flatMap((line) => splitChain(line.replace(/(^|\s)#.*$/, "$1").trim()))
    .flatMap((command): CiLine[] => {
      const [, into] = /^(?:cd|pushd)\s+["']?([\w@./-]+)["']?$/.exec(command) ?? [];
      if (into !== undefined) at = resolveFolder(into === "-" ? folder : at, into);
      if (into !== undefined || command === "" || command === "popd") return [];
      return [{ folder: at, command }];
    });
}

/** Parts of `a && b`, outside of quotes. */
function splitChain(line: string): string[] {
  const parts = line.match(/(?:"[^"]*"|'[^']*'|(?!&&).)+/g) ?? [];
  const isWhole = /\(|\)|\|\|/.test(line.replace(/"[^"]*"|'[^']*'/g, ""));
  return (isWhole ? [line] : parts).map((part) => part.trim().replace(/;$/, ""));
}

/** The lines of commands that were put together, one by one; a script with loops or conditions stays one. */
export const splitCommands = (commands: string): string[] =>
  CONTROL.test(commands) ? [commands] : commands.split("\n");

function resolveFolder(from: string, into: string): string {
  const path: string[] = [];
  for (const name of joinPath(into.startsWith("/") ? "" : from, into).split("/"))
    if (name === "..") path.pop();
    else if (name !== "." && name !== "" && name !== "-") path.push(name);
  return path.join("/");
}
