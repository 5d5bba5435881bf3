/** An instant of a run, in milliseconds of a clock that never goes back. */
export type Mark = { readonly name: string; readonly at: number };

export type RepairSpan = { readonly what: string; readonly milliseconds: number };

const AGENT = ["work: agent begins", "work: agent ends"] as const;
const WORK_TESTS = ["work: tests begin", "work: tests end"] as const;
const VERIFY_TESTS = ["verify: tests begin", "verify: tests end"] as const;
/** The base's tests, until the patch is in place again; and the step that asks how far the proof came. */
const PROOF = [
  ["verify: base begins", "verify: patch begins"],
  ["verify: level begins", "verify: level ends"],
] as const;

/** What a repair takes beside agent and tests: first mark, last mark, and what between them does not count. */
const SPANS: readonly {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly without?: readonly (readonly [string, string])[];
}[] = [
  { what: "from dispatch to the agent's first byte", from: "run begins", to: "work: agent begins" },
  {
    what: "from the agent's last byte to the pull request, without tests and proof",
    from: "work: agent ends",
    to: "pull request opened",
    without: [WORK_TESTS, VERIFY_TESTS, ...PROOF],
  },
  { what: "job gate", from: "gate begins", to: "gate ends" },
  {
    what: "job work, without agent and tests",
    from: "work begins",
    to: "work ends",
    without: [AGENT, WORK_TESTS],
  },
  {
    what: "job verify, without tests and proof",
    from: "verify begins",
    to: "verify ends",
    without: [VERIFY_TESTS, ...PROOF],
  },
  { what: "job publish", from: "publish begins", to: "publish ends" },
];

/**
 * How long the parts of a repair took.
 * @throws Error where a mark is missing
 */
export function readSpans(marks: readonly Mark[]): readonly RepairSpan[] {
  const at = (name: string): number => {
    // The last: the base's tests run before those of the patch.
    const mark = marks.findLast((candidate) => candidate.name === name);
    if (mark === undefined) throw new Error(`The repair never came to "${name}".`);
    return mark.at;
  };
  return SPANS.map(({ what, from, to, without = [] }) => {
    const left = without.reduce((sum, [begin, end]) => sum + at(end) - at(begin), 0);
    return { what, milliseconds: at(to) - at(from) - left };
  });
}

/** The middle one of several measurements of each span. */
export function medianSpans(measured: readonly (readonly RepairSpan[])[]): readonly RepairSpan[] {
  const [first = []] = measured;
  return first.map(({ what }, index) => {
    const all = measured
      .map((spans) => spans[index]?.milliseconds ?? 0)
      .toSorted((one, other) => one - other);
    return { what, milliseconds: all[Math.floor(all.length / 2)] ?? 0 };
  });
}
