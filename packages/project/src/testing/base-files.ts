import type { BaseFiles } from "../base-files.ts";

/** A base commit that holds these files. */
export const baseFiles = (files: Readonly<Record<string, string>>): BaseFiles => ({
  paths: Object.keys(files),
  read: async (path) => files[path],
  isEmpty: (path) => files[path] === "",
});
