import { type ESTree, parseSync, Visitor } from "vite";
import type { Text } from "../pages/read-texts.ts";

/** A TypeScript file with what the figures and the rules of the house ask of it. */
export type Source = {
  /** Path from the repository's root. */
  readonly path: string;
  /** The text with its comments blanked, line by line. */
  readonly code: readonly string[];
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly functions: readonly NamedFunction[];
};

export type Import = { readonly specifier: string; readonly typesOnly: boolean };

/** A name that the file declares and exports; what it passes on from another file belongs to that file. */
export type Export = { readonly name: string; readonly isType: boolean };

/** A function by the name that its declaration, variable or method gives it; otherwise "". */
export type NamedFunction = { readonly name: string; readonly lines: number };

export function parseSource({ path, text }: Text): Source {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  return {
    path,
    code: blank(text, comments).split("\n"),
    imports: readImports(program),
    exports: program.body.flatMap(readExports),
    functions: readFunctions(program, text),
  };
}

function blank(text: string, comments: readonly { start: number; end: number }[]): string {
  const characters = text.split("");
  for (const { start, end } of comments)
    for (let at = start; at < end; at++) if (characters[at] !== "\n") characters[at] = " ";
  return characters.join("");
}

/** Imports in order: static, for effect, passed on, on demand, and of types alone. */
function readImports(program: ESTree.Program): Import[] {
  const imports: Import[] = [];
  const add = (source: ESTree.Node | null, typesOnly: boolean): void => {
    if (source?.type === "Literal" && typeof source.value === "string")
      imports.push({ specifier: source.value, typesOnly });
  };
  new Visitor({
    ImportDeclaration: ({ source, importKind, specifiers }) =>
      add(source, importKind === "type" || (specifiers.length > 0 && specifiers.every(namesType))),
    ExportNamedDeclaration: ({ source, exportKind, specifiers }) =>
      add(source, exportKind === "type" || (specifiers.length > 0 && specifiers.every(namesType))),
    ExportAllDeclaration: ({ source, exportKind }) => add(source, exportKind === "type"),
    ImportExpression: ({ source }) => add(source, false),
    TSImportType: ({ source }) => add(source, true),
  }).visit(program);
  return imports;
}

const namesType = (specifier: ESTree.ImportDeclarationSpecifier | ESTree.ExportSpecifier): boolean =>
  ("importKind" in specifier && specifier.importKind === "type") ||
  ("exportKind" in specifier && specifier.exportKind === "type");

function readExports(statement: ESTree.Statement): Export[] {
  if (statement.type !== "ExportNamedDeclaration" || statement.source) return [];
  const { declaration, specifiers, exportKind } = statement;
  const listed = specifiers.flatMap(({ exported, exportKind: kind }) =>
    exported.type === "Identifier"
      ? [{ name: exported.name, isType: exportKind === "type" || kind === "type" }]
      : [],
  );
  if (declaration?.type === "VariableDeclaration")
    return declaration.declarations.flatMap(({ id }) =>
      id.type === "Identifier" ? [{ name: id.name, isType: false }] : [],
    );
  return declaration && "id" in declaration && declaration.id?.type === "Identifier"
    ? [{ name: declaration.id.name, isType: exportKind === "type" || isTypeOnly(declaration) }]
    : listed;
}

const isTypeOnly = ({ type }: ESTree.Declaration): boolean =>
  type === "TSTypeAliasDeclaration" || type === "TSInterfaceDeclaration";

function readFunctions(program: ESTree.Program, text: string): NamedFunction[] {
  const functions: NamedFunction[] = [];
  const names = new Map<ESTree.Node, string>();
  const add = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    const name = names.get(node) ?? ("id" in node ? node.id?.name : undefined) ?? "";
    if (node.body) functions.push({ name, lines: text.slice(node.start, node.end).split("\n").length });
  };
  const name = (key: ESTree.Node, value: ESTree.Node | null): void => {
    if (value && key.type === "Identifier") names.set(value, key.name);
  };
  new Visitor({
    VariableDeclarator: ({ id, init }) => name(id, init),
    Property: ({ key, value, method }) => method && name(key, value),
    MethodDefinition: ({ key, value }) => name(key, value),
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
  }).visit(program);
  return functions;
}
