export { decideTurn, MATTERS, type Matter, type Turn, type Whose } from "./decide-turn.ts";
