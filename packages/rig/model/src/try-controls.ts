import { configOfControl } from "./configs.ts";
import { CONTROL_NAMES, CONTROLS } from "./promises/controls.ts";
import { search } from "./search/search.ts";

const only = process.argv[2];
const most = Number(process.argv[3] ?? 30000);
for (const name of CONTROL_NAMES) {
  if (only && !only.split(",").includes(name)) continue;
  try {
    const isFairPlayed = CONTROLS[name].breaks.startsWith("every-");
    const found = search(configOfControl(name), { most, isFairPlayed });
    const ok = found.breach?.invariant === CONTROLS[name].breaks;
    console.log(ok ? "OK  " : "MISS", name, found.states, found.depth, found.seconds, found.isComplete ? "complete" : "", found.breach?.invariant ?? "-");
    if (!ok && found.breach) console.log(`${found.breach?.detail}\n   ${(found.breach?.trace ?? []).join("\n   ")}`);
    const held = search(configOfControl(name, false), { most, isFairPlayed });
    console.log(held.isComplete ? "   held" : "   CUT/BROKEN", held.states, held.depth, held.seconds, held.breach?.invariant ?? "-");
    if (held.breach) console.log(`${held.breach?.detail}\n   ${(held.breach?.trace ?? []).join("\n   ")}`);
  } catch (error) { console.log("ERR ", name, String((error as Error).stack).slice(0, 500)); }
}
