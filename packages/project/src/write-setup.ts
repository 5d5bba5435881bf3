import type { NeededTool, Part } from "./part.ts";

/** Bash that brings a program which is not there, or not in the version that is needed. */
function bringProgram({ program, install, major }: NeededTool): string {
  if (install === undefined) return "";
  const bring = `{ mkdir -p "$PATCHPILOT_TOOLS/bin"; ${install}; }`;
  return major === undefined
    ? `command -v ${program} >/dev/null 2>&1 || ${bring}`
    : `case "$(${program} --version 2>/dev/null)" in ${major}.*) ;; *) ${bring} ;; esac`;
}

const goInto = (folder: string): string => (folder === "" ? "" : `cd '${folder.replaceAll("'", `'\\''`)}'`);

/** A command in the folder that it belongs to, as one command of bash. */
export const placeCommand = (folder: string, command: string): string =>
  folder === ""
    ? command
    : command.includes("\n")
      ? `${goInto(folder)}\n${command}`
      : `${goInto(folder)} && ${command}`;

/** How parts are set up, one after the other: what is reported, and what runs silently before. */
export type WrittenSetup = { readonly command: string; readonly prepare: string };

/** @returns undefined where nothing is to be done */
export function writeSetup(parts: readonly Part[]): WrittenSetup | undefined {
  const commands = parts.flatMap(({ folder, setup }) =>
    setup === undefined
      ? []
      : [
          parts.length === 1 || folder === ""
            ? placeCommand(folder, setup)
            : `(${placeCommand(folder, setup)})`,
        ],
  );
  const needed = parts.filter(({ setup, test }) => setup !== undefined || test !== undefined);
  const prepare = needed
    .flatMap(({ needs, prepare: own }) => [...needs.map(bringProgram), own ?? ""])
    .filter((line) => line !== "");
  if (commands.length === 0 && prepare.length === 0) return undefined;
  return { command: commands.join("\n") || "true", prepare: [...new Set(prepare)].join("\n") };
}
