import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Expected } from "../released/judge-released.ts";

/** A repository: what git may reach, and the last part of its address. */
type RepositoryAddress = { readonly prefix: string; readonly repository: string };

/** Where a release is, and what it is taken for. `wanted` is what git fetches: a tag or a full SHA. */
export type Target = RepositoryAddress & { readonly wanted: string; readonly expected: Expected };

/**
 * Reads what is to be checked.
 * @param text `OWNER/intake`, or a path or an address of a repository, whose owner must be ours
 * @param ref a tag such as v1.0.0 or v1, or a full SHA
 * @param ours the account that this checkout publishes under
 */
export function readTarget(text: string, ref: string, ours: string): Target {
  const version = /^v(\d+\.\d+\.\d+.*)$/.exec(ref)?.[1];
  const wanted = /^[0-9a-f]{40}$/.test(ref) ? ref : `refs/tags/${ref}`;
  const exact = version === undefined ? {} : { version };
  const [, owner, action] = /^([\w-]+)\/([\w.-]+)$/.exec(text) ?? [];
  if (owner !== undefined && action !== undefined)
    return {
      prefix: `https://github.com/${owner}/`,
      repository: action,
      wanted,
      expected: { owner, action, ...exact },
    };
  return { ...splitAddress(text), wanted, expected: { owner: ours, ...exact } };
}

/** Splits a path or an address of a repository. */
export function splitAddress(text: string): RepositoryAddress {
  const address = (/^\w+:\/\//.test(text) ? text : pathToFileURL(resolve(text)).href).replace(/\/+$/, "");
  if (!URL.canParse(address) || new URL(address).pathname === "/")
    throw new Error(`${text} is no address of a repository. Give one such as https://example.com/intake.`);
  const at = address.lastIndexOf("/") + 1;
  return { prefix: address.slice(0, at), repository: address.slice(at) };
}
