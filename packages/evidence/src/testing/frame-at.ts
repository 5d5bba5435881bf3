import type { Frame } from "../thrown.ts";

/** A frame that says nothing but what is given. */
export const frameAt = (facts: Partial<Frame>): Frame => ({
  path: null,
  absolutePath: null,
  module: null,
  function: null,
  line: null,
  column: null,
  inApp: null,
  source: null,
  ...facts,
});
