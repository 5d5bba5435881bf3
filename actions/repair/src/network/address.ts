/** A host and a port, as a program asks for them. */
export type Address = { readonly host: string; readonly port: number };

/**
 * Reads `host`, `host:port` or an http(s) URL; without a port it is the scheme's, else 443.
 * @returns undefined if it is nothing that can be asked for by name
 */
export function readAddress(text: string): Address | undefined {
  const isUrl = /^https?:\/\//i.test(text);
  if (!isUrl && !/^[\w.:[\]-]+$/.test(text)) return undefined;
  const url = URL.parse(isUrl ? text : `https://${text}`);
  if (url === null || !/^([\w.-]+|\[[\da-f:.]+\])$/i.test(url.hostname)) return undefined;
  const port = Number(url.port || (url.protocol === "http:" ? 80 : 443));
  return port === 0 ? undefined : { host: url.hostname.replace(/^\[|\]$|\.$/g, ""), port };
}

export const isSameAddress = (one: Address, other: Address): boolean =>
  one.host === other.host && one.port === other.port;

export const formatAddress = ({ host, port }: Address): string =>
  `${host.includes(":") ? `[${host}]` : host}:${port}`;
