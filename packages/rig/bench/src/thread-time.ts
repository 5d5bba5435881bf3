/**
 * CPU milliseconds of this thread while it works. That of the process would count the threads that collect garbage and
 * compile beside it, which take up to three times the work's own time when the machine is busy.
 */
export function timeThread(work: () => unknown): number {
  const before = readThread();
  work();
  return readThread() - before;
}

function readThread(): number {
  // Linux brings the thread's own count up to date only at a tick, or when that of all threads is asked for.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
