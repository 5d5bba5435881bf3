const NAMES_ADDRESSES =
  /\bIP\b.{0,80}\b(allow|permit|white|restrict|block|denied|forbidden)|\b(allow|white)[- ]?list/i;

/**
 * What helps against a refusal of the place that a request comes from: of a provider's own list of addresses, or of
 * something before it that does not speak the provider's JSON (a firewall, a VPN's gateway). Undefined: it is none.
 * @param reply.detail the provider's words
 * @param reply.isJson whether the reply was JSON
 */
export function remedyForAddress(
  provider: string,
  { status, detail, isJson }: { status: number; detail: string | undefined; isJson: boolean },
): string | undefined {
  if (status !== 401 && status !== 403) return undefined;
  if (NAMES_ADDRESSES.test(detail ?? ""))
    return `${provider} lets in only the addresses on its list, and this runner's is not on it: add it, or use a runner with a fixed address that is.`;
  return status === 403 && !isJson
    ? `The refusal is not in ${provider}'s form, so something before it made it, such as a firewall or an IP allow-list: let this runner's address through, or use a runner inside that network.`
    : undefined;
}
