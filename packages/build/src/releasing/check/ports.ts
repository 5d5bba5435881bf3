import type { ReleaseClaim } from "../attestation/claim.ts";
import type { Proof } from "../attestation/prove-release.ts";
import type { Released, ReleasedFile } from "../released/read-released.ts";

/** What the source of a release builds. */
export type Rebuilt = {
  /** Version of the action there. */
  readonly version: string;
  readonly files: readonly ReleasedFile[];
};

/** What a check asks for. */
export type CheckPorts = {
  /** The released commit, or why there is none. */
  readonly readReleased: () => Promise<Released | string>;
  /**
   * Whether an attestation proves the release; absent if nobody wants to know.
   * @throws Error if attestations cannot be had, or signatures cannot be checked
   */
  readonly prove?: (claim: ReleaseClaim) => Promise<Proof>;
  /**
   * Builds the release anew from its source, with the source's own tools.
   * @throws Error if that fails
   */
  readonly rebuild: (released: Released) => Promise<Rebuilt>;
  /** Shows one line. */
  readonly report: (line: string) => void;
};
