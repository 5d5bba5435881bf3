import * as z from "zod";

const frame = z.looseObject({
  /** As the repository has it, else as it was reported. */
  file: z.string().max(400).optional(),
  function: z.string().max(200).optional(),
  line: z.number().int().optional(),
});

/** One exception of a failure that production reported, cleaned and shortened: data that anyone may have sent. */
export const reportedException = z.looseObject({
  type: z.string().max(200).optional(),
  value: z.string().max(1_000).optional(),
  /** The crash first. */
  frames: z.array(frame).max(40),
});
export type ReportedException = z.output<typeof reportedException>;
