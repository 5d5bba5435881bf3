/** What a node id names: a kind (by GitHub's own prefixes), the repository and the key within it. */
export type NodeReference = { readonly kind: NodeKind; readonly repositoryId: number; readonly key: string };

export type NodeKind =
  | "A"
  | "R"
  | "I"
  | "PR"
  | "IC"
  | "LA"
  | "REF"
  | "C"
  | "T"
  | "B"
  | "U"
  | "BOT"
  | "O"
  | "DE"
  | "DES"
  | "EV"
  | "WFR"
  | "W"
  | "MA"
  | "PRR"
  | "PRRC"
  | "RE"
  | "RA"
  | "CR"
  | "EN"
  | "BPR"
  | "RRS";

/** Writes an opaque node id. The key may hold any text, as refs do. */
export function encodeNodeId(kind: NodeKind, repositoryId: number, key: string | number): string {
  return `${kind}_${Buffer.from(`${repositoryId}:${key}`).toString("base64url")}`;
}

/** Reads a node id back; undefined for anything that `encodeNodeId` did not write. */
export function decodeNodeId(id: string): NodeReference | undefined {
  const [, kind, packed] = /^([A-Z]+)_([\w-]+)$/.exec(id) ?? [];
  if (kind === undefined || packed === undefined) return undefined;
  const [, repositoryId, key] = /^(\d+):(.+)$/s.exec(Buffer.from(packed, "base64url").toString()) ?? [];
  if (repositoryId === undefined || key === undefined) return undefined;
  return { kind: kind as NodeKind, repositoryId: Number(repositoryId), key };
}
