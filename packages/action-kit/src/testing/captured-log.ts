type FileSystem = typeof import("node:fs");

/** `node:fs` whose writes to standard output take the way that `startRunner` watches. */
export const withCapturedLog = (fs: FileSystem): FileSystem => ({
  ...fs,
  writeSync: ((file: number, text: string) =>
    file === 1 ? Number(process.stdout.write(text)) : fs.writeSync(file, text)) as FileSystem["writeSync"],
});
