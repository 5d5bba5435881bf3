import { parseKind, type TurnRecord } from "@patchpilot/incident";
import { SHOP, type TestWorld } from "./world.ts";

/** A comment that said whose turn it was. */
export type SaidTurn = Pick<TurnRecord, "key" | "reminder"> & {
  readonly body: string;
  readonly isHidden: boolean;
};

const HIDDEN_LINE = /<!-- patchpilot:v1 kind=(turn\/\d+) .* data=(\S+) -->$/;

/** What an issue was announced of turns, oldest first. */
export const readTurns = ({ world }: TestWorld, issue: number): SaidTurn[] =>
  world
    .repository(SHOP)
    .comments.list()
    .filter(({ issueNumber }) => issueNumber === issue)
    .flatMap(({ body, minimizedReason }) => {
      const [, kind = "", data = ""] = HIDDEN_LINE.exec(body) ?? [];
      const line = parseKind(kind)?.line;
      if (line === undefined) return [];
      const { key, reminder } = line.schema.parse(
        JSON.parse(Buffer.from(data, "base64").toString()),
      ) as TurnRecord;
      return [{ key, reminder, body, isHidden: minimizedReason !== null }];
    });
