import { createScriptedModel, listen, type ModelStep, VirtualClock } from "@patchpilot/simulators";
import { KEY } from "./facts.ts";
import type { Shop } from "./shop.ts";

/** A scripted model that listens on this machine. @param onHang when a step of the script hangs */
export async function serveModel(script: readonly ModelStep[], shop: Shop, onHang: () => void) {
  const clock = new VirtualClock("2026-11-21T07:00:00Z");
  const model = createScriptedModel({ clock, script, key: KEY, cwd: shop.workspace, onHang });
  return { model, door: await listen(model) };
}
