/** What a call may reach beyond the folders of this machine. Without it, git reaches nothing. */
export type Remote = {
  /** How its addresses begin: `https://github.com/acme/` or `file:///srv/git/`. Only this protocol is allowed. */
  readonly prefix: string;
  /** A token of GitHub for these addresses. Git gets it as a header by environment. */
  readonly token?: string;
};

const PROTOCOLS = ["file", "https"];

/**
 * Variables that let one call reach a remote: its protocol and, for addresses below its prefix, its token.
 * @throws Error for another protocol, or credentials in the prefix
 */
export function remoteEnvironment({ prefix, token }: Remote): Record<string, string> {
  const { protocol, username, password } = new URL(prefix);
  const name = protocol.slice(0, -1);
  if (!PROTOCOLS.includes(name))
    throw new Error(`git may not reach a remote by ${name}. Give an address of https:// or file:///.`);
  if (username !== "" || password !== "")
    throw new Error(
      "The address of a remote has credentials in it. Leave them out, and pass the token separately.",
    );
  const settings = [
    [`protocol.${name}.allow`, "always"],
    // Another host must not get the header.
    ["http.followRedirects", "false"],
    ...(token === undefined ? [] : [[`http.${prefix}.extraheader`, `AUTHORIZATION: basic ${encode(token)}`]]),
  ];
  return Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(settings.length)],
    ...settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}

/** A text without the token, in whatever form git was given it. */
export function hideToken(text: string, token: string | undefined): string {
  if (!token) return text;
  return text.replaceAll(encode(token), "***").replaceAll(token, "***");
}

const encode = (token: string): string => Buffer.from(`x-access-token:${token}`).toString("base64");
