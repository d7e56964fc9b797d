/** The one guard before GraphQL, for HTTP and WebSocket alike: refuses what is too large for the caller. */
import { GraphQLError, Kind, OperationTypeNode, parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { largestTokenCount, type Limits } from './limits.ts';
import { Measure, type Size } from './measure.ts';

export interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } });

function isIntrospection(operation: OperationDefinitionNode, document: DocumentNode): boolean {
  const asks = (definition: DocumentNode['definitions'][number]) =>
    'selectionSet' in definition && definition.selectionSet !== undefined &&
    definition.selectionSet.selections.some((node) => node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type'));
  return asks(operation) || document.definitions.some((definition) => definition.kind === Kind.FRAGMENT_DEFINITION && asks(definition));
}

function tooMuch(size: Size, operation: OperationDefinitionNode, limits: Limits): GraphQLError | undefined {
  const mutations = operation.operation === OperationTypeNode.MUTATION ? operation.selectionSet.selections.length : 0;
  const cost = size.cost + 10 * mutations;
  if (operation.selectionSet.selections.length > limits.rootFields) return refusal('TOO_MANY_FIELDS', `An operation has at most ${limits.rootFields} fields at its root`);
  if (mutations > limits.rootMutations) return refusal('TOO_MANY_FIELDS', `An operation has at most ${limits.rootMutations} mutations`);
  if (size.aliases > limits.aliases) return refusal('TOO_MANY_ALIASES', `An operation has at most ${limits.aliases} aliases, this one has ${size.aliases}`);
  if (size.directives > limits.directives) return refusal('TOO_MANY_DIRECTIVES', `An operation has at most ${limits.directives} directives`);
  if (cost > limits.cost) return refusal('COST_EXCEEDED', `This operation costs ${cost}, the limit is ${limits.cost}: ask for smaller pages`);
  return undefined;
}

/** Undefined when the operation may go on to validation; a document that does not parse goes on, and is refused there. */
export function checkDocument(schema: GraphQLSchema, asked: Operation, limits: Limits): GraphQLError | undefined {
  if (Buffer.byteLength(asked.query) > limits.bytes) return refusal('DOCUMENT_TOO_LARGE', `A document has at most ${limits.bytes} bytes`);
  let document: DocumentNode;
  try {
    document = parse(asked.query, { noLocation: true, maxTokens: largestTokenCount });
  } catch {
    return undefined;                                    // told by the parser that runs next, with the place of the fault
  }
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = asked.operationName ? operations.find((one) => one.name?.value === asked.operationName) : operations[0];
  if (!operation) return undefined;
  if (isIntrospection(operation, document)) {
    return limits.introspection ? undefined : refusal('UNAUTHENTICATED', 'Sign in to read the schema');
  }
  const size = new Measure(schema, document, asked.variables ?? {}).operation(operation);
  if (size.depth > limits.depth) return refusal('DEPTH_EXCEEDED', `An operation nests at most ${limits.depth} fields, this one nests ${size.depth}`);
  return tooMuch(size, operation, limits);
}
