/** Where the job's log is written. */
export type WriteLog = (text: string | Uint8Array) => void;

/** Bytes of one process that the log shows. */
const MOST_SHOWN = 4 * 1024 * 1024;

/** Shows what a process prints, between two lines that keep the runner from obeying any of it. */
export type LogFence = { readonly show: (chunk: Buffer) => void; readonly close: () => void };

/**
 * Opens the fence. Source: docs.github.com, workflow commands, `stop-commands`.
 * @param token unguessable; whoever knows it can end the fence
 */
export function openLogFence(write: WriteLog, token: string): LogFence {
  let room = MOST_SHOWN;
  let last = 10;
  write(`::stop-commands::${token}\n`);
  return {
    show: (chunk) => {
      if (room <= 0 || chunk.length === 0) return;
      const shown = chunk.subarray(0, room);
      room -= shown.length;
      last = shown.at(-1) ?? last;
      write(shown);
      if (room > 0) return;
      write("\n[The log shows no more of this output.]\n");
      last = 10;
    },
    close: () => write(`${last === 10 ? "" : "\n"}::${token}::\n`),
  };
}
