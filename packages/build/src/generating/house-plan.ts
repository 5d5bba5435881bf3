import { DECIDING, FOUNDATIONS, isBundled, PROVIDERS } from "../house/arrows/find-arrows.ts";
import type { Workspace } from "../house/arrows/read-workspaces.ts";
import { findUsers, joinNames, linkTo, listImports, namesIn } from "./package-head.ts";
import { table } from "./table.ts";

/**
 * The generated parts of docs/architecture.md, by the name in their opening marker. A copy without the rig keeps what
 * the page says of the rig.
 */
export function planSections(workspaces: readonly Workspace[]): Record<string, string> {
  const { shipped, makers, rig } = sortWorkspaces(workspaces);
  const product = {
    picture: drawProduct(workspaces),
    actions: actionTable(workspaces),
    packages: packageTable(shipped),
    makers: packageTable(makers),
  };
  return rig.length === 0
    ? product
    : { ...product, "rig-picture": drawRig(workspaces), rig: rigTable(rig, workspaces) };
}

const sortWorkspaces = (workspaces: readonly Workspace[]) => ({
  actions: workspaces.filter(({ kind }) => kind === "action"),
  shipped: workspaces.filter((each) => each.kind === "package" && isBundled(each)),
  makers: workspaces.filter((each) => each.kind === "package" && !isBundled(each)),
  rig: workspaces.filter(({ kind }) => kind === "rig"),
});

/** The rooms and every arrow that a package.json draws between them. All actions are one room here. */
function drawProduct(workspaces: readonly Workspace[]): string {
  const { actions, shipped, makers } = sortWorkspaces(workspaces);
  const others = shipped.filter(({ name }) => ![...DECIDING, ...PROVIDERS, ...FOUNDATIONS].includes(name));
  const rooms = [
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
    ...group("makers", "make and check the product, never bundled", makers),
  ];
  return flowchart(rooms, [
    ...actions.flatMap((each) => drawArrows(each, "actions", shipped)),
    ...shipped.flatMap((each) => drawArrows(each, each.name, shipped)),
    ...makers.flatMap((each) => drawArrows(each, each.name, makers)),
  ]);
}

/** The rig may import everything; only the arrows within it and to the makers are drawn. */
function drawRig(workspaces: readonly Workspace[]): string {
  const { makers, rig } = sortWorkspaces(workspaces);
  const rooms = [
    ...group("rig", "the rig: for development, never bundled", rig),
    ...group("makers", "make and check the product", makers),
  ];
  return flowchart(rooms, [
    ...rig.flatMap((each) => drawArrows(each, each.name, [...rig, ...makers])),
    ...(rig.some((each) => namesIn(each.dependencies).some(isAction)) ? ["  rig -.-> actions"] : []),
  ]);
}

/** All actions are one room, and many of them draw the same arrow. Every other line is kept: each group has its `end`. */
const flowchart = (lines: readonly string[], arrows: readonly string[]): string =>
  ["```mermaid", "flowchart TD", ...lines, ...new Set(arrows), "```"].join("\n");

const isAction = (name: string): boolean => name.startsWith("action-") && name !== "action-kit";

/** None to what every room may import. */
function drawArrows(from: Workspace, label: string, drawn: readonly Workspace[]): string[] {
  return namesIn(from.dependencies)
    .filter((name) => drawn.some((each) => each.name === name) && !FOUNDATIONS.includes(name))
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
  const rows = packages.map((each) => [linkTo(each, "docs"), each.description, listImports(each)]);
  return table([["package", "what it is for", "may import"], ...rows]);
}

function rigTable(rig: readonly Workspace[], all: readonly Workspace[]): string {
  const rows = rig.map((each) => [
    linkTo(each, "docs"),
    each.description,
    joinNames(findUsers(each, all).map(({ name }) => name)),
  ]);
  return table([["package", "what it is for", "used by"], ...rows]);
}
