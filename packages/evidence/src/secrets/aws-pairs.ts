import type { Hide } from "../hide.ts";

const KEY_ID = /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}/g;
const SECRET = /(?<![A-Za-z0-9/+=])(?=[^\s]{0,39}[G-Zg-z/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
const NEAR = 300;

/** Hides the secret of an AWS key, which has no shape but its 40 characters, where the id of a key is near. */
export function hideAwsPairs(text: string, hide: Hide): string {
  const ids = [...text.matchAll(KEY_ID)].map(({ index }) => index);
  if (ids.length === 0) return text;
  let next = 0;
  return text.replace(SECRET, (found, at: number) => {
    while (next + 1 < ids.length && (ids[next + 1] ?? 0) <= at) next += 1;
    const near = [ids[next], ids[next + 1]].some((id) => id !== undefined && Math.abs(id - at) < NEAR);
    return near ? hide("aws-secret") : found;
  });
}
