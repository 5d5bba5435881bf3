/** Reads a whole number from the command line, or ends the process with a sentence. */
export function wholeOption(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
  return refuse(`--${name} ${text} is not a whole number of ${least} or more.`);
}

/** Ends the process as one that was called wrongly. */
export function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
