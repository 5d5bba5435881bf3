import { DECIDING, FOUNDATIONS, isBundled, PROVIDERS } from "../arrows/find-arrows.ts";
import type { Workspace } from "../arrows/read-modules.ts";
import { importsOf, linkTo, listed, namesIn, usersOf } from "./package-head.ts";
import { table } from "./table.ts";

/** The generated parts of docs/architecture.md, by the name in their opening marker. */
export const planSections = (workspaces: readonly Workspace[]): Record<string, string> => ({
  picture: picture(workspaces),
  actions: actionTable(workspaces),
  packages: packageTable(workspaces.filter((each) => each.kind === "package" && isBundled(each))),
  rig: rigTable(
    workspaces.filter((each) => !isBundled(each)),
    workspaces,
  ),
});

/** The rooms and every arrow that a package.json draws between them. All actions are one room here. */
export function picture(workspaces: readonly Workspace[]): string {
  const shipped = workspaces.filter((each) => each.kind === "package" && isBundled(each));
  const actions = workspaces.filter(({ kind }) => kind === "action");
  const rig = workspaces.filter((each) => !isBundled(each));
  const others = shipped.filter(({ name }) => ![...DECIDING, ...PROVIDERS, ...FOUNDATIONS].includes(name));
  const arrows = [...shipped, ...rig].flatMap((each) => arrowsOf(each, each.name, shipped, rig));
  const ofActions = actions.flatMap((each) => arrowsOf(each, "actions", shipped, rig));
  return [
    "```mermaid",
    "flowchart TD",
    `  actions["actions: ${actions.map(({ name }) => name).join(", ")}"]`,
    ...others.map(({ name }) => `  ${idOf(name)}["${name}"]`),
    ...group(
      "providers",
      "one provider each",
      shipped.filter(({ name }) => PROVIDERS.includes(name)),
    ),
    ...group(
      "deciding",
      "decide, without effects",
      shipped.filter(({ name }) => DECIDING.includes(name)),
    ),
    ...group(
      "foundations",
      "every room may import them",
      shipped.filter(({ name }) => FOUNDATIONS.includes(name)),
    ),
    ...group("rig", "the rig: for development, never bundled", rig),
    ...new Set([...ofActions, ...arrows]),
    ...(rig.some((each) => namesIn(each.dependencies).some(isAction)) ? ["  rig -.-> actions"] : []),
    "```",
  ].join("\n");
}

const isAction = (name: string): boolean => name.startsWith("action-") && name !== "action-kit";

/** Arrows between shipped rooms, and those within the rig. What every room may import gets none, nor does what the rig looks at. */
function arrowsOf(
  from: Workspace,
  label: string,
  shipped: readonly Workspace[],
  rig: readonly Workspace[],
): string[] {
  const drawn = (isBundled(from) ? shipped : rig).map(({ name }) => name);
  return namesIn(from.dependencies)
    .filter((name) => drawn.includes(name) && !FOUNDATIONS.includes(name))
    .map((name) => `  ${idOf(label)} --> ${idOf(name)}`);
}

const group = (id: string, title: string, members: readonly Workspace[]): string[] => [
  `  subgraph ${id}["${title}"]`,
  ...members.map(({ name }) => `    ${idOf(name)}["${name}"]`),
  "  end",
];

const idOf = (name: string): string => name.replaceAll("-", "_");

function actionTable(workspaces: readonly Workspace[]): string {
  const rows = workspaces
    .filter(({ kind }) => kind === "action")
    .map((each) => [
      linkTo(each, "docs"),
      each.description,
      namesIn(each.dependencies)
        .filter((name) => name !== "action-kit")
        .join(", "),
    ]);
  return table([["action", "what it is for", "imports, besides action-kit"], ...rows]);
}

function packageTable(packages: readonly Workspace[]): string {
  const rows = packages.map((each) => [linkTo(each, "docs"), each.description, importsOf(each)]);
  return table([["package", "what it is for", "may import"], ...rows]);
}

function rigTable(rig: readonly Workspace[], all: readonly Workspace[]): string {
  const rows = rig.map((each) => [
    linkTo(each, "docs"),
    each.description,
    listed(usersOf(each, all).map(({ name }) => name)),
  ]);
  return table([["package", "what it is for", "used by"], ...rows]);
}
