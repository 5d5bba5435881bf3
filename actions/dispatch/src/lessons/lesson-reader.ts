import { cleanText } from "@patchpilot/evidence";
import type { DispatchAside, DispatchPorts } from "../ports.ts";
import type { LeftWorkReader } from "../read/left-work.ts";

/** Reads that a lesson can do without. */
export type LessonReader = {
  readonly aside: DispatchAside;
  readonly left: LeftWorkReader;
  /** Turns what a read throws into a sentence for the work order. */
  readonly attempt: <T>(what: string, read: () => Promise<T>) => Promise<T | string>;
};

export function openLessonReader(
  { secrets }: Pick<DispatchPorts, "secrets">,
  left: LeftWorkReader,
): LessonReader {
  return {
    aside: left.aside(),
    left,
    attempt: async (what, read) => {
      try {
        return await read();
      } catch (error) {
        const { text } = cleanText(error instanceof Error ? error.message : String(error), {
          maxLength: 200,
          secrets,
          singleLine: true,
        });
        return `${what}: ${text}`;
      }
    },
  };
}
