import { fault, type RoomFault } from "./room-fault.ts";

/** What every action has. */
const FURNITURE = ["contract.ts", "main.ts", "run.ts", "ports.ts", "connect.ts"];

/** How a file of an action is named, by what happens in it; so are the folders, if one file is not enough. */
const FILE =
  /^(?:(?:contract|main|run|ports|facts|report)|(?:read|decide|write|words|connect)(?:-[\w-]+)?)\.ts$/;
const FOLDER = /^(?:read|decide|write|words|connect)$/;

/** Names outside the scheme: parts with a life of their own, by action, and the tables that its README shows. */
const OWN_NAMES: Readonly<Record<string, readonly string[]>> = {
  dispatch: ["lessons", "readme-tables.ts"],
  propose: ["attempt", "lone"],
  repair: [
    "agents",
    "network",
    "patch",
    "process",
    "proof",
    "recipes",
    "result",
    "sandbox",
    "step",
    "verify",
    "work",
  ],
  "verify-recovery": ["questions"],
};

/** Actions without their furniture, and files and folders directly below their `src` with other names. */
export function findFurnitureFaults(paths: readonly string[]): RoomFault[] {
  const rooms = Map.groupBy(
    paths.filter((path) => /^actions\/[^/]+\/src\//.test(path)),
    (path) => path.split("/")[1] ?? "",
  );
  return [...rooms].flatMap(([action, files]) => {
    const names = new Set(files.map((path) => path.split("/")[3] ?? ""));
    const missing = FURNITURE.filter((name) => !names.has(name)).map((name) =>
      fault("furniture", `actions/${action}/src has no ${name}; every action has ${FURNITURE.join(", ")}.`),
    );
    const strangers = [...names]
      .filter((name) => !FILE.test(name) && !FOLDER.test(name) && !OWN_NAMES[action]?.includes(name))
      .map((name) =>
        fault(
          "file names",
          `actions/${action}/src/${name} has no name of the scheme; begin it with read, decide, write, words or connect.`,
        ),
      );
    return [...missing, ...strangers];
  });
}
