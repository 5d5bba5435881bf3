import { BlockList, isIP } from "node:net";
import { findEmbedded } from "./embedded-address.ts";

/**
 * How close an address may be to the machine that asks.
 * `public`: on the internet. `private`: loopback, private, shared or benchmark ranges.
 * `documentation`: on no network, unless somebody routes it on purpose.
 * `forbidden`: link-local and cloud metadata, which no health check has a reason to reach.
 */
export type Reach = "public" | "documentation" | "private" | "forbidden";

/** Cloud metadata and link-local ranges (AWS, GCP, Azure, Alibaba, Oracle), and what is no host at all. */
const FORBIDDEN_V4 = [
  "169.254.0.0/16",
  "168.63.129.16/32",
  "100.100.100.200/32",
  "192.0.0.192/32",
  "224.0.0.0/4",
  "255.255.255.255/32",
];
const FORBIDDEN_V6 = ["fe80::/10", "fd00:ec2::/32", "ff00::/8"];
/** IANA special-purpose registries (RFC 6890 and updates). */
const PRIVATE_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "240.0.0.0/4",
];
/** Inside the global 2000::/3, which is all that counts as public: ranges of protocols. */
const PRIVATE_V6 = ["2001::/23"];
const DOCUMENTATION_V4 = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"];
const DOCUMENTATION_V6 = ["2001:db8::/32", "3fff::/20"];
/** From what is most open to what is least. */
const CLOSER: readonly Reach[] = ["public", "documentation", "private", "forbidden"];

type Ranges = Readonly<Record<"forbidden" | "special" | "documentation" | "global", BlockList>>;
let ranges: Ranges | undefined;

/**
 * Judges an IP address in any spelling that DNS or a URL parser returns. What is not an address is forbidden. An IPv6 address
 * that holds an IPv4 address counts as that one; where it may hold several, as the one that is closest.
 */
export function judgeAddress(address: string): Reach {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(plain);
  if (family === 0) return "forbidden";
  ranges ??= buildRanges();
  const known = ranges;
  if (family === 4) return judgeV4(plain, known);
  if (known.forbidden.check(plain, "ipv6")) return "forbidden";
  const embedded = findEmbedded(plain).map((each) => CLOSER.indexOf(judgeV4(each, known)));
  if (embedded.length > 0) return CLOSER[Math.max(...embedded)] ?? "forbidden";
  if (known.documentation.check(plain, "ipv6")) return "documentation";
  return known.global.check(plain, "ipv6") && !known.special.check(plain, "ipv6") ? "public" : "private";
}

function judgeV4(address: string, { forbidden, special, documentation }: Ranges): Reach {
  if (forbidden.check(address, "ipv4")) return "forbidden";
  if (documentation.check(address, "ipv4")) return "documentation";
  return special.check(address, "ipv4") ? "private" : "public";
}

function buildRanges(): Ranges {
  return {
    forbidden: makeList(FORBIDDEN_V4, FORBIDDEN_V6),
    special: makeList(PRIVATE_V4, PRIVATE_V6),
    documentation: makeList(DOCUMENTATION_V4, DOCUMENTATION_V6),
    global: makeList([], ["2000::/3"]),
  };
}

function makeList(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (subnet: string, family: "ipv4" | "ipv6") => {
    const [net = "", bits] = subnet.split("/");
    list.addSubnet(net, Number(bits), family);
  };
  for (const subnet of v4) add(subnet, "ipv4");
  for (const subnet of v6) add(subnet, "ipv6");
  return list;
}

/** Names that stand for this machine or a metadata service, whatever DNS says about them. */
export function judgeHostname(hostname: string): Reach {
  const name = hostname.toLowerCase().replace(/\.+$/, "");
  if (/^(metadata|instance-data)(\.|$)/.test(name) || name.endsWith(".metadata.google.internal"))
    return "forbidden";
  return /(^|\.)(localhost|localdomain|local|internal|home\.arpa)$/.test(name) || !name.includes(".")
    ? "private"
    : "public";
}
