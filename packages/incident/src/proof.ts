import * as z from "zod";

/**
 * What a green patch is worth, from most to least. `proven`: a test is red on the base by production's own exception,
 * green on the patch, and needs every part of it. `reproduced`: red by what the test expects, or by an exception of the
 * code that changes. `tested`: green, and no more. `cannot-be-shown`: tests and code cannot be told apart.
 * `not-verified`: not even green.
 */
export const PROOF_LEVELS = ["proven", "reproduced", "tested", "cannot-be-shown", "not-verified"] as const;
export type ProofLevel = (typeof PROOF_LEVELS)[number];

/** What may be asked for before a patch is published without a person's word. */
export const REQUIRED_PROOFS = ["off", "reproduced", "proven"] as const;
export type RequiredProof = (typeof REQUIRED_PROOFS)[number];

/** Whether a level is enough. Pure. */
export const isEnough = (level: ProofLevel | undefined, required: RequiredProof): boolean =>
  required === "off" || level === "proven" || level === required;

/** Sandboxes that keep code under test from the runner's own files: only what ran behind one can be believed. */
const WALLS: readonly string[] = ["wall", "limited-wall", "docker"];

/** What `publish` was told of a patch by how the steps of the job `verify` ended. */
export const publishedProof = z.looseObject({
  level: z.enum(["proven", "reproduced", "tested"]),
  /** Where the tests ran: a name of `SANDBOX_TITLES`. Named before any of them began. */
  wall: z.string(),
});
export type PublishedProof = z.output<typeof publishedProof>;

/** Whether a wall stood; without one the tested code could have said what it liked. Pure. */
export const isWalled = ({ wall }: PublishedProof): boolean => WALLS.includes(wall);

/** The proof of a patch, for people; nothing is decided by it. */
export const proofAccount = z.looseObject({
  level: z.enum(PROOF_LEVELS),
  /** A sentence. */
  reason: z.string(),
  /** Tests that are red on the base and green on the patch. */
  tests: z.array(z.looseObject({ name: z.string(), red: z.string(), types: z.array(z.string()) })),
  /** Parts of the change, each with whether the tests need it. */
  parts: z.array(z.looseObject({ place: z.string(), need: z.enum(["needed", "not-needed", "not-tried"]) })),
  flaky: z.array(z.string()),
});
export type ProofAccount = z.output<typeof proofAccount>;
