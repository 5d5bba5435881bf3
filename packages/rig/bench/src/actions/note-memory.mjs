/**
 * Loaded before an action: at the end it writes down how much memory the process took at most. It is JavaScript,
 * because a process that strips types from one file takes 18 MB for it, which would count as the action's.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const file = process.env["BENCH_FIGURES"];

process.on("exit", () => {
  if (file === undefined) return;
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  writeFileSync(file, JSON.stringify({ ...known, peakBytes: peakBytes() }));
});

/** Linux counts the parent's memory in `maxRSS` of a process that was forked, but not in `VmHWM`. */
function peakBytes() {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return 1_024 * (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes));
}
