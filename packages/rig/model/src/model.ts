/**
 * `npm run model -- [--config NAME] [--most N] [--json FILE]`: searches the protocol's model, one line for each
 * configuration; without a name, all that end within seconds. `--config controls` takes the safeguards away, one at a
 * time. Prints the way to a broken promise, and exits 1 on one, or if a control goes unnoticed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CONFIGS, SMALL } from "./configs.ts";
import { CONTROL_NAMES, MODEL_CONTROLS } from "./promises/controls.ts";
import { playControl } from "./promises/play-control.ts";
import { type Searched, search } from "./search/search.ts";

const { values } = parseArgs({
  options: {
    config: { type: "string" },
    most: { type: "string", default: "300000" },
    json: { type: "string" },
  },
});
const results = values.config === "controls" ? playControls() : playConfigs(values.config);
console.table(results.map(toRow));
for (const { breach } of results)
  if (breach !== undefined && values.config !== "controls")
    console.log(`${breach.invariant}: ${breach.detail}\n  ${breach.trace.join("\n  ")}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);

function playConfigs(name: string | undefined): Searched[] {
  const chosen = CONFIGS.filter((config) =>
    name === undefined ? SMALL.includes(config.name) : config.name === name,
  );
  if (chosen.length === 0)
    throw new RangeError(
      `No configuration is called ${name}. Use controls, ${CONFIGS.map((each) => each.name).join(", ")}.`,
    );
  const most = Number(values.most);
  if (!Number.isSafeInteger(most) || most < 1)
    throw new RangeError(`--most takes a number of states, not ${values.most}.`);
  const found = chosen.map((config) => search(config, { most, isFairPlayed: true }));
  if (found.some(({ breach }) => breach !== undefined)) process.exitCode = 1;
  return found;
}

function playControls(): Searched[] {
  return CONTROL_NAMES.flatMap((name) => {
    const played = playControl(name);
    if (!played.isCaught || played.with.breach !== undefined) {
      process.exitCode = 1;
      console.error(`${name} must break ${MODEL_CONTROLS[name].breaks}, and nothing else may.`);
    }
    return [played.without, played.with];
  });
}

function toRow({ config, steps, states, depth, seconds, isComplete, breach }: Searched) {
  const end = breach === undefined ? (isComplete ? "whole" : "cut off") : "stopped";
  return {
    config,
    states: steps,
    distinct: states,
    depth,
    seconds,
    end,
    violated: breach?.invariant ?? "none",
  };
}
