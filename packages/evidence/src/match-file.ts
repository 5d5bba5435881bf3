import type { FrameEvidence } from "./frame-evidence.ts";
import { countPluginFolders } from "./wordpress.ts";

/** How well a file fits what a frame says; null if it contradicts. */
export type Fit = {
  /** How many names agree, from the last one on. */
  readonly shared: number;
  /** The file is what is reported, but for the machine's folders: 2; all of the file is in it: 1. */
  readonly whole: 0 | 1 | 2;
};

/** Folders from which on a namespace is laid out, and languages whose projects leave out its first names. */
const SOURCE_ROOT = /^(?:java|kotlin|scala|src|app|source|sources|\w+Main)$/;
const MAY_LEAVE_OUT = /\.(?:kts?|scala|cs|fs|vb)$/;
/** Folders that a server may call what is the root in the repository. */
const PLACE_OF_IMPORTS = /^(?:app|src|backend|server|code|project|api)$/;

/** Compares a file's path with one piece of evidence. Pure. */
export function fitEvidence(file: readonly string[], evidence: FrameEvidence): Fit | null {
  const shared = countShared(file, evidence);
  if (shared === 0) return null;
  const needed = Math.max(1, evidence.segments.length - (evidence.machine ?? 0));
  const whole = shared < file.length ? 0 : shared === needed || shared === evidence.segments.length ? 2 : 1;
  const fit = { shared, whole } as const;
  if (shared >= needed) return isRootOfPackage(file, evidence, needed) ? fit : null;
  return mayBeShorter(file, evidence, shared, needed) ? fit : null;
}

function mayBeShorter(
  file: readonly string[],
  { kind, segments, machine }: FrameEvidence,
  shared: number,
  needed: number,
): boolean {
  const isWhole = shared === file.length;
  if (kind === "import") {
    return (
      isWhole &&
      shared >= 2 &&
      needed - shared === 1 &&
      PLACE_OF_IMPORTS.test(segments[needed - shared - 1] ?? "")
    );
  }
  if (kind === "namespace") {
    if (!MAY_LEAVE_OUT.test(segments.at(-1) ?? "")) return false;
    const before = file.at(-1 - shared) ?? "src";
    return before === "kotlin" || (shared >= 2 && SOURCE_ROOT.test(before));
  }
  if (isWhole)
    return (
      shared >= 2 ||
      (machine === null && segments.length <= 3) ||
      segments.length - shared === countPluginFolders(segments)
    );
  return machine === null && shared >= 3;
}

/**
 * What lies at the root of a module lies at that of the repository; a Dart package may have a folder of its name. A
 * class without a package lies at a root of sources.
 */
function isRootOfPackage(
  file: readonly string[],
  { kind, segments, machine }: FrameEvidence,
  needed: number,
): boolean {
  if (kind === "namespace" && needed === 1) return SOURCE_ROOT.test(file.at(-2) ?? "src");
  if (kind !== "import" || machine === null || machine === 0) return true;
  const head = file.slice(0, -needed);
  if (head.length === 0) return true;
  // `apps/mobile` may hold the package `shop_mobile`.
  const words = [segments[machine - 1] ?? "", ...(segments[machine - 1] ?? "").split("_")];
  return segments[machine] === "lib" ? words.includes(head.at(-1) ?? "") : needed > 1;
}

function countShared(file: readonly string[], { segments, windows, kind }: FrameEvidence): number {
  const dotted = kind === "namespace" ? undot(file) : file;
  const most = Math.min(dotted.length, segments.length);
  let shared = 0;
  while (shared < most && isSame(dotted.at(-1 - shared), segments.at(-1 - shared), windows)) shared += 1;
  return shared;
}

/** A project's folder may be a whole namespace: `Shop.Web/Cart.cs`. */
const undot = (file: readonly string[]): readonly string[] => [
  ...file.slice(0, -1).flatMap((folder) => folder.split(".")),
  file.at(-1) ?? "",
];

const isSame = (one: string | undefined, other: string | undefined, ignoreCase: boolean): boolean =>
  one === other || (ignoreCase && one?.toLowerCase() === other?.toLowerCase());
