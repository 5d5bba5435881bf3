/** How the settings of an action are judged, for the generator and for tests over all actions. */
export { judgeFile } from "./judge-file.ts";
export { judgeGiven } from "./judge-given.ts";
export {
  type ActionKeys,
  makeActionKeys,
  parseActionKeys,
  type Reader,
  type ReleaseKeys,
  takesFromFile,
  writeActionKeys,
} from "./keys.ts";
export { editsBetween, findNearest } from "./nearest.ts";
