import {
  type DocumentNode,
  executeSync,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { type Rate, type RateMeter, rateHeaders } from "../state/accounts/rates.ts";
import type { Token } from "../state/accounts/token.ts";
import { requirePermission } from "../state/accounts/tokens.ts";
import { GitHubRefusal, NotSimulated } from "../state/refusal.ts";
import { createView, type Staleness } from "../state/view.ts";
import type { GitHubState } from "../state/world.ts";
import { type CostPlan, countCost, planCost } from "./cost.ts";
import type { ResolverContext } from "./resolver.ts";
import { RESOLVERS } from "./resolvers.ts";
import { loadSchema } from "./schema.ts";

/** What answering needs beside the request. `report` records a violation. */
export type GraphqlSetting = {
  readonly world: GitHubState;
  readonly rates: RateMeter;
  readonly staleness: () => Staleness | undefined;
  readonly report: (violation: string) => void;
};

/** Answers one authenticated GraphQL request. Errors come as HTTP 200, as in life; what is not simulated as 501. */
export async function answerGraphql(setting: GraphqlSetting, token: Token, text: string): Promise<Response> {
  const schema = await loadSchema();
  const request = readBody(text);
  if (request === undefined) return Response.json({ message: "Problems parsing JSON" }, { status: 400 });
  const read = readDocument(schema, request.query);
  if ("errors" in read) return invalid(setting, read.errors);
  try {
    const cost = countCost(read.plan(), request.variables);
    const rate = setting.rates.spend(token, "graphql", cost.points);
    if (rate === undefined) return exhausted(setting, token);
    return run(setting, token, { schema, ...read, variables: request.variables, rate });
  } catch (error) {
    if (!(error instanceof GitHubRefusal)) throw error;
    return Response.json({ errors: [{ type: error.type, message: error.message }] });
  }
}

type Run = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly rate: Rate;
};

function run(
  setting: GraphqlSetting,
  token: Token,
  { schema, document, operation, variables, rate }: Run,
): Response {
  const { world } = setting;
  const name = operation.name?.value ?? "anonymous";
  const isQuery = operation.operation === "query";
  const context: ResolverContext = {
    world,
    token,
    view: createView(world, isQuery ? setting.staleness() : undefined, name),
  };
  const result = executeSync({
    schema,
    document,
    contextValue: context,
    variableValues: variables,
    fieldResolver: resolveField,
    typeResolver,
  });
  const missing = result.errors?.find((error) => !(error.originalError instanceof GitHubRefusal));
  if (missing !== undefined) return unanswerable(setting, name, missing);
  const errors = result.errors?.map(renderError);
  return Response.json(
    { data: result.data ?? null, ...(errors === undefined ? {} : { errors }) },
    { headers: rateHeaders(rate) },
  );
}

const resolveField: GraphQLFieldResolver<unknown, ResolverContext> = (source, args, context, info) => {
  const name = `${info.parentType.name}.${info.fieldName}`;
  const resolver = RESOLVERS[name];
  const written = info.fieldNodes[0]?.arguments?.map((argument) => argument.name.value) ?? [];
  const unknown = written.filter((argument) => resolver?.args.includes(argument) !== true);
  if (unknown.length > 0) throw new NotSimulated(`${name}(${unknown}) is not simulated.`);
  if (resolver !== undefined) {
    if (resolver.needs !== undefined) requirePermission(context.token, resolver.needs);
    return resolver.resolve(source, args, context);
  }
  const isPlain = /Payload$|Connection$|Edge$|^PageInfo$|^PullRequestCommit$/.test(info.parentType.name);
  const value = isPlain ? (source as Record<string, unknown>)[info.fieldName] : undefined;
  if (value === undefined) throw new NotSimulated(`${name} is not simulated.`);
  return value;
};

const typeResolver: GraphQLTypeResolver<unknown, ResolverContext> = (source) =>
  (source as { readonly __typename: string }).__typename;

function renderError(error: GraphQLError): object {
  const refusal = error.originalError as GitHubRefusal;
  return {
    type: refusal.type,
    path: error.path,
    ...(refusal.type === "FORBIDDEN" ? { extensions: { saml_failure: false } } : {}),
    locations: error.locations,
    message: refusal.message,
  };
}

type ReadDocument =
  | { readonly errors: readonly string[] }
  | {
      readonly document: DocumentNode;
      readonly operation: OperationDefinitionNode;
      readonly plan: () => CostPlan;
    };

const documents = new Map<string, ReadDocument>();
const MOST_DOCUMENTS = 2_000;

/** Parses and validates a document; what was read once is kept, since validating takes longer than answering. */
function readDocument(schema: GraphQLSchema, query: string): ReadDocument {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const read = parseAndValidate(schema, query);
  if (documents.size >= MOST_DOCUMENTS) documents.clear();
  documents.set(query, read);
  return read;
}

function parseAndValidate(schema: GraphQLSchema, query: string): ReadDocument {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [error instanceof Error ? error.message : String(error)] };
  }
  const errors = validate(schema, document).map((error) => error.message);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (errors.length > 0) return { errors };
  if (operation === undefined || operations.length > 1)
    return { errors: ["a document must hold one operation"] };
  let plan: CostPlan | undefined;
  return {
    document,
    operation,
    plan: () => {
      plan ??= planCost(schema, document, operation);
      return plan;
    },
  };
}

function readBody(text: string): { query: string; variables: Record<string, unknown> } | undefined {
  try {
    const { query, variables } = JSON.parse(text) as { query?: unknown; variables?: Record<string, unknown> };
    return typeof query === "string" ? { query, variables: variables ?? {} } : undefined;
  } catch {
    return undefined;
  }
}

function invalid(setting: GraphqlSetting, errors: readonly string[]): Response {
  for (const error of errors) setting.report(`GraphQL: ${error}`);
  return Response.json({ errors: errors.map((message) => ({ message })) });
}

function unanswerable(setting: GraphqlSetting, name: string, error: GraphQLError): Response {
  const cause = error.originalError;
  if (cause !== undefined && !(cause instanceof NotSimulated)) throw cause;
  const message = `GraphQL ${name}: ${error.message}`;
  setting.report(message);
  return Response.json({ message, documentation_url: "", status: "501" }, { status: 501 });
}

function exhausted(setting: GraphqlSetting, token: Token): Response {
  const error = { type: "RATE_LIMITED", message: `API rate limit exceeded for ${token.actor.login}.` };
  return Response.json({ errors: [error] }, { headers: rateHeaders(setting.rates.read(token, "graphql")) });
}
