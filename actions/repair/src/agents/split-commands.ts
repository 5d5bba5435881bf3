/** The simple commands of a line of shell: agents judge each of them by itself. */
export function splitSimpleCommands(line: string): string[] {
  return line
    .split(/&&|\|\||[;|\n]/)
    .map((command) => command.trim())
    .filter((command) => command !== "");
}
