import type { Address } from "./address.ts";

type Variables = Readonly<Record<string, string>>;

/**
 * The proxy by which this machine reaches an address, as its variables say.
 * @param scheme of the request; a tunnel counts as https
 */
export function findUpstream(
  machine: Variables,
  scheme: "http" | "https",
  address: Address,
): URL | undefined {
  const variable = (name: string) => machine[name] || machine[name.toLowerCase()] || "";
  if (isDirect(variable("NO_PROXY"), address)) return undefined;
  const given = variable(`${scheme.toUpperCase()}_PROXY`);
  if (given === "") return undefined;
  const proxy = URL.parse(/^\w+:\/\//.test(given) ? given : `http://${given}`);
  if (proxy !== null && /^https?:$/.test(proxy.protocol)) return proxy;
  throw new Error(
    `${scheme.toUpperCase()}_PROXY of this machine is not an http or https address: correct it.`,
  );
}

/** Entries such as `corp.example`, `.corp.example`, `host:8080` and `*`. */
function isDirect(noProxy: string, { host, port }: Address): boolean {
  return noProxy.split(/[\s,]+/).some((entry) => {
    const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (entry === "" || (only !== undefined && Number(only) !== port)) return false;
    return entry === "*" || host === name || host.endsWith(`.${name}`);
  });
}

/** What a proxy with credentials in its address wants to be sentence. */
export function makeCredentials({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
