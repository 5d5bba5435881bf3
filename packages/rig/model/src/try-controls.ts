import { configOfControl } from "./configs.ts";
import { CONTROL_NAMES, CONTROLS } from "./promises/controls.ts";
import { search } from "./search/search.ts";

const only = process.argv[2];
for (const name of CONTROL_NAMES) {
  if (only !== undefined && !only.split(",").includes(name)) continue;
  try {
    const isFairPlayed = CONTROLS[name].breaks.startsWith("every-");
    const found = search(configOfControl(name), { most: Number(process.argv[3] ?? 15000), isFairPlayed });
    const ok = found.breach?.invariant === CONTROLS[name].breaks;
    console.log(ok ? "OK  " : "MISS", name, found.states, found.seconds, found.isComplete ? "complete" : "", found.breach?.invariant ?? "-", ok ? "" : `${found.breach?.detail}\n   ${(found.breach?.trace ?? []).join("\n   ")}`);
  } catch (error) { console.log("ERR ", name, String((error as Error).stack).slice(0, 500)); }
}
