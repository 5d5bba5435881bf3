/** What an SDK says of how an exception was caught, and of its place in the tree of causes and groups. */
export type Mechanism = {
  readonly type: string | null;
  /** What the one above calls it: `cause`, `errors[0]`, `suppressed`. */
  readonly source: string | null;
  /** 0 is the root. */
  readonly id: number | null;
  readonly parent: number | null;
  /** It only holds others: Python's ExceptionGroup, JavaScript's AggregateError, .NET's AggregateException, Go's Join. */
  readonly isGroup: boolean;
};

/** What the choice needs of an exception. */
type Linked = {
  readonly type: string | null;
  readonly value: string | null;
  readonly module: string | null;
  readonly frames: readonly {
    readonly path: string | null;
    readonly function: string | null;
    readonly inApp: boolean | null;
  }[];
  readonly mechanism?: Mechanism | null;
};

/**
 * The exception that Sentry names an issue by (its src/sentry/grouping/strategies/newstyle.py, and RFC 79): the last one;
 * but what a group holds, if it all is one error, and what a framework's wrapper was put around. Null for none.
 */
export function chooseMain<T extends Linked>(chain: readonly T[]): T | null {
  const { path, main } = unwrapGroups(chain);
  return findWrapped(path) ?? main ?? chain.findLast((thrown) => !isNote(thrown)) ?? chain.at(-1) ?? null;
}

/** Kotlin's notes on where a coroutine or a composition stood: no error, no stack, and a text that changes each time. */
const NOTES: ReadonlySet<string> = new Set([
  "kotlinx.coroutines.internal.DiagnosticCoroutineContextException",
  "androidx.compose.runtime.tooling.DiagnosticComposeException",
]);

/** Whether it is such a note. */
export const isNote = ({ module, type }: Pick<Linked, "module" | "type">): boolean =>
  NOTES.has(`${module}.${type}`);

type Tree<T> = { readonly root: T; readonly children: ReadonlyMap<number, readonly T[]> };

/** The tree of a chain; undefined if an id is missing, given twice, or its own parent's. Siblings: the last listed first. */
function plantTree<T extends Linked>(chain: readonly T[]): Tree<T> | undefined {
  const children = new Map<number, T[]>();
  const seen = new Map<number, T>();
  for (const thrown of chain.toReversed()) {
    const { id = null, parent = null } = thrown.mechanism ?? {};
    if (id === null || id === parent || seen.has(id)) return undefined;
    seen.set(id, thrown);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), thrown]);
  }
  const root = seen.get(0);
  return root === undefined ? undefined : { root, children };
}

/** What of a chain counts, the main exception first if its groups hold one error alone. */
function unwrapGroups<T extends Linked>(chain: readonly T[]): { path: readonly T[]; main?: T } {
  const tree = chain.length < 2 ? undefined : plantTree(chain);
  if (tree === undefined) return { path: chain };
  const held = listHeld(tree.root, tree, new Set());
  const described = held.map(describeError);
  const distinct = held.filter((_, index) => described.indexOf(described[index] ?? "") === index);
  const [main] = distinct;
  if (main === undefined) return { path: chain };
  if (distinct.length > 1) return { path: [...distinct, tree.root] };
  return { path: listFirstCauses(main, tree, new Set()), main };
}

/** The exceptions directly under groups that are no groups themselves; in a circle, each once. */
function listHeld<T extends Linked>(thrown: T, tree: Tree<T>, met: Set<T>): T[] {
  if (thrown.mechanism?.isGroup !== true) return [thrown];
  if (met.has(thrown)) return [];
  met.add(thrown);
  return (tree.children.get(thrown.mechanism.id ?? -1) ?? []).flatMap((child) => listHeld(child, tree, met));
}

/** An exception, its first cause, and so on. */
function listFirstCauses<T extends Linked>(thrown: T, tree: Tree<T>, met: Set<T>): T[] {
  if (met.has(thrown)) return [];
  met.add(thrown);
  const [cause] = tree.children.get(thrown.mechanism?.id ?? -1) ?? [];
  return cause === undefined ? [thrown] : [thrown, ...listFirstCauses(cause, tree, met)];
}

/** Equal for errors that Sentry would not tell apart: the message counts only without a stack. */
function describeError({ type, value, frames }: Linked): string {
  const own = frames.filter(({ inApp }) => inApp !== false);
  const places = (own.length > 0 ? own : frames).map((frame) => [frame.path, frame.function]);
  return JSON.stringify([type, places.length > 0 ? places : value]);
}

/** The exception that a framework's wrapper was put around; undefined without one. */
const findWrapped = <T extends Linked>(path: readonly T[]): T | undefined =>
  findRecovered(path) ?? findUndelivered(path) ?? findNoted(path);

const RECOVERED =
  /^There was an error (?:during concurrent rendering|while hydrating) but React was able to recover by instead (?:synchronously rendering the entire root|client rendering from the nearest Suspense boundary)\.$/;

/** React 19 recovers from an error, and throws another that only says so. */
function findRecovered<T extends Linked>(path: readonly T[]): T | undefined {
  const [first] = path;
  const last = path.at(-1);
  const isRecovery = first?.type === "Error" && RECOVERED.test(first.value ?? "");
  return isRecovery && last?.mechanism?.source === "cause" ? last : undefined;
}

const RX_TYPES = ["OnErrorNotImplementedException", "CompositeException", "UndeliverableException"];

/** RxJava wraps what nobody catches. */
function findUndelivered<T extends Linked>(path: readonly T[]): T | undefined {
  const wrapper = path.find(
    ({ module, type, mechanism }) =>
      module === "io.reactivex.rxjava3.exceptions" &&
      RX_TYPES.includes(type ?? "") &&
      mechanism?.type === "UncaughtExceptionHandler",
  );
  const id = wrapper?.mechanism?.id ?? null;
  return id === null ? undefined : path.find(({ mechanism }) => mechanism?.parent === id);
}

/** A note is no error: the first above it that is none. */
function findNoted<T extends Linked>(path: readonly T[]): T | undefined {
  const byId = new Map(path.map((thrown) => [thrown.mechanism?.id ?? null, thrown]));
  let current = path.length < 2 ? undefined : path.find(isNote);
  for (let steps = 0; current !== undefined && isNote(current) && steps < path.length; steps += 1)
    current = byId.get(current.mechanism?.parent ?? Number.NaN);
  return current !== undefined && !isNote(current) ? current : undefined;
}
