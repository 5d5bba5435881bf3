/** A mutant that behaves like the code it changes. */
export interface Equivalent {
  /** As `npm run mutants -- --survivors` prints it. */
  readonly name: string;
  /** Why no test can tell the two apart. */
  readonly reason: string;
}

/** Mutants that no test can notice. One that is noticed, or that is gone, makes the command fail. */
export const EQUIVALENTS: readonly Equivalent[] = [
  ...[
    'if (known.forbidden.check(plain, "ipv6")) return "forbidden"; | StringLiteral: "ipv6" => ""',
    'if (known.documentation.check(plain, "ipv6")) return "documentation"; | StringLiteral: "ipv6" => ""',
    'return known.global.check(plain, "ipv6") && !known.special.check(plain, "ipv6") ? "public" : "private"; | StringLiteral: "ipv6" => ""',
    'return known.global.check(plain, "ipv6") && !known.special.check(plain, "ipv6") ? "public" : "private"; | StringLiteral: "ipv6" => "" (2)',
  ].map((change) => ({
    name: `packages/http/src/address.ts | ${change}`,
    reason: "The BlockList of Node 24 takes every family but ipv4 for ipv6.",
  })),
];
