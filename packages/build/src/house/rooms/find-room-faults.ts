import { posix } from "node:path";
import { findCircles } from "../figures/find-circles.ts";
import { drawGraph, type Exported, resolveImport } from "../figures/resolve-imports.ts";
import type { Source } from "../sources/parse-source.ts";
import { findEffects } from "./find-effects.ts";
import { findFurnitureFaults } from "./find-furniture-faults.ts";
import { fault, type RoomFault } from "./room-fault.ts";

/** Every breach of the rules that CONTRIBUTING.md gives for a room, in sources that are no tests. */
export function findRoomFaults(sources: readonly Source[], exported: Exported): RoomFault[] {
  return [
    ...findCircles(drawGraph(sources, exported)).map(describeCircle),
    ...sources.flatMap((source) => findIndexImports(source, exported)),
    ...sources.filter(({ path }) => path.endsWith("/ports.ts")).flatMap(findValues),
    ...findEffects(sources, exported),
    ...findFurnitureFaults(sources.map(({ path }) => path)),
  ];
}

const describeCircle = (files: readonly string[]): RoomFault =>
  fault(
    "no circle",
    `${files.join(", ")} import each other; move what they share to a file that imports none of them.`,
  );

function findIndexImports({ path, imports }: Source, exported: Exported): RoomFault[] {
  return imports
    .filter(({ specifier }) => isOwnIndex(path, resolveImport(path, specifier, exported)))
    .map(({ specifier }) =>
      fault(
        "no own index",
        `${path} imports ${specifier}, its folder's index; import the file that declares the name.`,
      ),
    );
}

const isOwnIndex = (path: string, target: string | undefined): boolean =>
  target !== undefined &&
  posix.basename(target) === "index.ts" &&
  path.startsWith(`${posix.dirname(target)}/`);

function findValues({ path, imports, exports }: Source): RoomFault[] {
  return [
    ...imports
      .filter(({ typesOnly }) => !typesOnly)
      .map(({ specifier }) => `imports values of ${specifier}; write \`import type\`, or move the code.`),
    ...exports
      .filter(({ isType }) => !isType)
      .map(({ name }) => `exports the value ${name}; ports are types, move it to connect.ts.`),
  ].map((sentence) => fault("ports are types", `${path} ${sentence}`));
}
