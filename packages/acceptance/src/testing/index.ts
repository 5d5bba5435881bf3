export * from "./hostile.ts";
export { makeIncident, storeRecord, writtenRecord, writtenText } from "./incidents.ts";
export { fakeWrites, type OpenDraft, openDraft, parseGiven, type WrittenWorld } from "./ports.ts";
