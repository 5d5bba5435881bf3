/**
 * ECMA-48 escape sequences: control sequences (CSI), command strings (OSC, DCS, SOS, PM, APC) up to their
 * terminator, and the short forms. A command string without terminator loses its introducer only, so that
 * its text stays to be seen. The 8-bit forms of command strings count only before `digits;`, because a
 * wrongly decoded quotation mark has the same code.
 */
const ESCAPE_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|\x9d(?=\d{1,4};))[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]{1,4}[0-~]|\x1b[0-~]?/g;

/** Takes terminal escape sequences out of a text. */
export function stripTerminalCodes(text: string): { text: string; terminal: number } {
  let terminal = 0;
  const stripped = text.replace(ESCAPE_SEQUENCE, () => {
    terminal += 1;
    return "";
  });
  return { text: stripped, terminal };
}
