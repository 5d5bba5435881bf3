import type { FigureSource } from "../figure.ts";

/** A figure of two parts that plays nothing; what it shows has a bar in it. */
export const brokenRaces: FigureSource = {
  name: "races",
  goal: "0 violations",
  measures: [],
  shards: ["1", "2"],
  playShort: () => Promise.reject(new Error("not asked")),
  playShard: () => Promise.reject(new Error("not asked")),
  describe: ({ sample, counts }) => ({
    seen: `${counts["broken"]} | broken`,
    holds: counts["broken"] === 0,
    sample: `${sample} races`,
  }),
};
