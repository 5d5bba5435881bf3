/** Keeps the beginning and the end of what a process prints, and lets the middle go. */
export type BoundedOutput = { readonly add: (chunk: Buffer) => void; readonly text: () => string };

/** @param most bytes that are kept; a sixteenth of them from the beginning */
export function boundedOutput(most: number): BoundedOutput {
  const headRoom = Math.floor(most / 16);
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let dropped = 0;
  const shorten = () => {
    const kept = Buffer.concat(tail).subarray(-(most - headRoom));
    dropped += tailBytes - kept.length;
    tail = [Buffer.from(kept)];
    tailBytes = kept.length;
  };
  return {
    add: (chunk) => {
      const first = chunk.subarray(0, headRoom - headBytes);
      if (first.length > 0) {
        head.push(Buffer.from(first));
        headBytes += first.length;
      }
      const rest = chunk.subarray(first.length);
      tail.push(Buffer.from(rest));
      tailBytes += rest.length;
      // Seldom, so that a flood costs little for each byte.
      if (tailBytes > 2 * most) shorten();
    },
    text: () => {
      if (tailBytes > most - headRoom) shorten();
      const middle = dropped === 0 ? [] : [Buffer.from(`\n[… ${dropped} bytes not kept …]\n`)];
      return Buffer.concat([...head, ...middle, ...tail]).toString("utf8");
    },
  };
}
