/**
 * Reads Sentry's `Link` header. Both directions are always listed; only `results="true"` says that there is more.
 * @returns the cursor of the next page, or undefined on the last one.
 */
export function nextCursor(link: string | null): string | undefined {
  for (const part of link?.split(/,\s*(?=<)/) ?? []) {
    if (!/;\s*rel="next"/.test(part) || !/;\s*results="true"/.test(part)) continue;
    return /;\s*cursor="([^"]+)"/.exec(part)?.[1];
  }
  return undefined;
}

export type Pages<T> = {
  readonly rows: readonly T[];
  /** True where more pages exist than were read. */
  readonly truncated: boolean;
};

/** Reads pages until the last one or `maxPages`. */
export async function readPages<T>(
  readPage: (cursor: string | undefined) => Promise<{ value: readonly T[]; cursor: string | undefined }>,
  maxPages: number,
): Promise<Pages<T>> {
  const rows: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const reply = await readPage(cursor);
    rows.push(...reply.value);
    cursor = reply.cursor;
    if (cursor === undefined) return { rows, truncated: false };
  }
  return { rows, truncated: true };
}
