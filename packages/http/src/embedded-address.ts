/** Where an IPv6 address holds an IPv4 address: the bits that it begins with, and the place of its four bytes. */
type Form = {
  readonly begins: readonly (readonly [byte: number, value: number])[];
  readonly at: readonly number[];
  readonly inverted?: true;
};

const zeros = (from: number, to: number): [number, number][] =>
  Array.from({ length: to - from }, (_, index) => [from + index, 0]);
const LAST = [12, 13, 14, 15];
const LOCAL_NAT64: Form["begins"] = [
  [0, 0],
  [1, 0x64],
  [2, 0xff],
  [3, 0x9b],
  [4, 0],
  [5, 1],
];

/** A network's own NAT64 (RFC 8215) may put the four bytes at any of the places of RFC 6052. */
const FORMS: readonly Form[] = [
  // `::a.b.c.d` (RFC 4291), `::ffff:a.b.c.d` (RFC 4291), and `::ffff:0:a.b.c.d` (RFC 2765).
  { begins: zeros(0, 12), at: LAST },
  { begins: [...zeros(0, 10), [10, 0xff], [11, 0xff]], at: LAST },
  { begins: [...zeros(0, 8), [8, 0xff], [9, 0xff], [10, 0], [11, 0]], at: LAST },
  // NAT64 (RFC 6052, RFC 8215).
  { begins: [[0, 0], [1, 0x64], [2, 0xff], [3, 0x9b], ...zeros(4, 12)], at: LAST },
  { begins: LOCAL_NAT64, at: LAST },
  { begins: LOCAL_NAT64, at: [6, 7, 9, 10] },
  { begins: LOCAL_NAT64, at: [7, 9, 10, 11] },
  { begins: LOCAL_NAT64, at: [9, 10, 11, 12] },
  // 6to4 (RFC 3056); Teredo's server, and its client with every bit inverted (RFC 4380).
  {
    begins: [
      [0, 0x20],
      [1, 0x02],
    ],
    at: [2, 3, 4, 5],
  },
  { begins: [[0, 0x20], [1, 0x01], ...zeros(2, 4)], at: [4, 5, 6, 7] },
  { begins: [[0, 0x20], [1, 0x01], ...zeros(2, 4)], at: LAST, inverted: true },
];

/**
 * The IPv4 addresses that an IPv6 address may stand for, dotted: what a translator or a tunnel sends to them. Where several
 * forms fit, those without a first byte are none of a host's, unless all are.
 * @param address a valid IPv6 address without a zone
 */
export function findEmbedded(address: string): string[] {
  const bytes = readBytes(address);
  const found = FORMS.filter(({ begins }) => begins.every(([at, value]) => bytes[at] === value)).map((form) =>
    form.at.map((at) => (form.inverted ? 255 - (bytes[at] ?? 0) : (bytes[at] ?? 0))),
  );
  const hosts = found.filter(([first]) => first !== 0);
  return (hosts.length > 0 ? hosts : found).map((each) => each.join("."));
}

function readBytes(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical
    .split("::")
    .map((part) => part.split(":").filter((group) => group !== ""));
  const gap = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...gap, ...(tail ?? [])].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}
