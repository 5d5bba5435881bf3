import type { TestWorld } from "@patchpilot/conformance/worlds/world";
import type { AppEvent } from "../sdk/app-event.ts";

/** A place for a text of others, from which it may come to an agent or to somebody who decides. */
export type OrderCarrier = {
  readonly name: string;
  /** What the place takes of a text. Absent: all of it. */
  readonly fit?: (text: string) => string;
  /** The part of the event that holds it. */
  readonly event?: (text: string) => Partial<AppEvent>;
  /** Files of the repository that hold it. */
  readonly files?: (text: string) => Readonly<Record<string, string>>;
  /** Before the error happens. */
  readonly prepare?: (test: TestWorld, text: string) => void;
  /** In place of an event: what a stranger writes on GitHub and a maintainer takes on. */
  readonly ask?: (test: TestWorld, text: string) => void;
};

/** One line of so many characters. */
export const fitOneLine =
  (most: number) =>
  (text: string): string =>
    text.replace(/[\r\n]+/g, " ").slice(0, most);
