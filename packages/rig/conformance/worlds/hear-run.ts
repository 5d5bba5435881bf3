import { channel } from "node:diagnostics_channel";

/** Whoever subscribes hears what every action came to that was run in this process: `{ action, result }`. */
const runs = channel("patchpilot.run");

export async function hearRun<T>(action: string, run: Promise<T>): Promise<T> {
  const result = await run;
  runs.publish({ action, result });
  return result;
}
