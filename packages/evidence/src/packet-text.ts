import { createHash } from "node:crypto";
import { fence, shortenBackticks } from "./markdown.ts";
import type { Field, Packet, Provenance } from "./packet.ts";

const HEADINGS: Readonly<Record<Provenance, string>> = {
  "attacker-writable":
    "From outside; anyone who can send events or write issues may have written it (attacker-writable):",
  "server-metadata": "From the server (server-metadata):",
  "repo-verified": "Checked against the repository (repo-verified):",
};

/** The packet for readers: grouped by provenance, every line of a longer text behind a bar, so that none poses as a heading. */
export function packetText(packet: Packet): string {
  const groups = (Object.keys(HEADINGS) as Provenance[]).map((provenance) => {
    const fields = packet.fields.filter((field) => field.provenance === provenance);
    return fields.length === 0 ? "" : [HEADINGS[provenance], ...fields.map(fieldText)].join("\n");
  });
  return shortenBackticks(groups.filter((group) => group !== "").join("\n\n"));
}

function fieldText({ name, text }: Field): string {
  return text.includes("\n")
    ? [`${name}:`, ...text.split("\n").map((line) => `  | ${line}`)].join("\n")
    : `${name}: ${text}`;
}

/** SHA-256 of the text of a packet: what was frozen at acceptance. */
export function hashEvidence(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The section of an issue comment that shows the evidence. */
export function evidenceSection(packet: Packet): string {
  return `#### Evidence\n\n${fence(packetText(packet))}`;
}
