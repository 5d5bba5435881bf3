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

/** Reads one of a list of names, or ends the process with a sentence. */
export function namedOption<Name extends string>(
  name: string,
  text: string,
  known: { readonly [Each in Name]: unknown },
): Name {
  const names = Object.keys(known) as Name[];
  const found = names.find((each) => each === text);
  return found ?? refuse(`--${name} ${text} is none of: ${names.join(", ")}.`);
}
