/** The disk that holds the job's temporary folder is full. */
export class DiskFull extends Error {
  override readonly name = "DiskFull";
  constructor(options?: ErrorOptions) {
    super(
      "The disk of this runner is full: what the agent or the project's commands wrote filled it. Give the runner more room, or find out what writes so much.",
      options,
    );
  }
}

/**
 * Passes on that the disk is full, as one sentence that says so; any other failure is left to the caller.
 * @param failure what was thrown, or what a program complained of
 * @throws DiskFull
 */
export function sayDiskIsFull(failure: unknown): void {
  const { code, message = "" } =
    typeof failure === "string" ? { code: undefined, message: failure } : (failure as NodeJS.ErrnoException);
  if (code === "ENOSPC" || code === "EDQUOT" || /No space left on device|Disk quota exceeded/i.test(message))
    throw new DiskFull({ cause: failure });
}
