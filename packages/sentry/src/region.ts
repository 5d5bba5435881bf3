import type { AskInit, Http, Remedies } from "@patchpilot/http";
import { z } from "zod";

/**
 * Asks an organization's record where it lives (`links.regionUrl`, absent or "" on self-hosted).
 * @returns the region's base URL; the configured one where none is named, or where the named one is on a host that is
 * neither the configured one nor below it, for a token goes nowhere else.
 */
export async function readRegion(
  http: Http,
  configured: string,
  organization: string,
  init: AskInit,
  remedies: Remedies,
): Promise<string> {
  const schema = z.object({ links: z.object({ regionUrl: z.string().nullish() }).nullish() });
  const { value } = await http.json(`${configured}/api/0/organizations/${organization}/`, {
    parse: (body) => schema.parse(body),
    init,
    remedies,
  });
  return regionWithin(configured, value.links?.regionUrl ?? "");
}

/** The region's URL if it may have the token, else the configured one. */
export function regionWithin(configured: string, named: string): string {
  const home = new URL(configured);
  const region = URL.parse(named);
  if (region === null || region.protocol !== home.protocol) return configured;
  const within = region.hostname === home.hostname || region.hostname.endsWith(`.${home.hostname}`);
  return within ? region.origin : configured;
}
