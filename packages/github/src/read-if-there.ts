import { isNotFound } from "@patchpilot/http";

/** Reads something; undefined: GitHub says that there is no such thing, or hides it from this token. */
export async function readIfThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
