import { SECRET_NAMES } from "./secret-names.ts";

/**
 * Takes those secrets from the environment that you name; no argument holds a value.
 * @param names as in `SENTRY_TOKEN,VERCEL_TOKEN`
 * @throws Error with a sentence for a name that is no secret of PatchPilot's, or that has no value
 */
export function takeSecrets(
  names: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const wanted = names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const pairs = wanted.map((name) => {
    if (!SECRET_NAMES.includes(name))
      throw new Error(
        `--secrets takes names, and ${JSON.stringify(name)} is not one of them: ${SECRET_NAMES.join(", ")}.`,
      );
    const value = environment[name]?.trim();
    if (!value) throw new Error(`--secrets names ${name}, but this environment variable is not set.`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}
