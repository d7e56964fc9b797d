/** The one guard before GraphQL, for HTTP and WebSocket alike: refuses what is too large for the caller. */
import { GraphQLError, Kind, OperationTypeNode, parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { largestTokenCount, type Limits } from './limits.ts';
import { Measure, type Size } from './measure.ts';

export interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Programs send the same documents again and again. Bounded by what texts take, of which their trees are a small multiple. */
const parsed = new LRUCache<string, DocumentNode>({ max: 500, maxSize: 1 << 20, sizeCalculation: (_document, text) => text.length || 1 });

export function treeOf(text: string): DocumentNode {
  let document = parsed.get(text);
  if (!document) parsed.set(text, (document = parse(text, { noLocation: true, maxTokens: largestTokenCount })));
  return document;
}

const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } });

function isIntrospection(operation: OperationDefinitionNode, document: DocumentNode): boolean {
  const asks = (definition: DocumentNode['definitions'][number]) =>
    'selectionSet' in definition && definition.selectionSet !== undefined &&
    definition.selectionSet.selections.some((node) => node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type'));
  return asks(operation) || document.definitions.some((definition) => definition.kind === Kind.FRAGMENT_DEFINITION && asks(definition));
}

/** What an operation was measured to be. */
export interface Measured {
  cost: number;
  /** The part of the cost that does not depend on how many rows there are. */
  fixed: number;
  fields: number;
  /** Absent where the document did not get so far. */
  kind?: OperationTypeNode;
  isPatient?: boolean;
}

/** Of the whole schema; and of a document that will not get further than its parser. */
const introspectionCost = 20, leastCost = 1;

export const mutationCost = 10;

const mutationsOf = (operation: OperationDefinitionNode): number => (operation.operation === OperationTypeNode.MUTATION ? operation.selectionSet.selections.length : 0);

const measured = (size: Size, operation: OperationDefinitionNode): Measured => {
  const mutations = mutationCost * mutationsOf(operation);
  return { cost: Math.max(leastCost, size.cost + mutations), fixed: size.fixed + mutations, fields: size.fields, kind: operation.operation };
};

function tooMuch(size: Size, operation: OperationDefinitionNode, limits: Limits): GraphQLError | undefined {
  const mutations = mutationsOf(operation), { cost } = measured(size, operation);
  if (operation.selectionSet.selections.length > limits.rootFields) return refusal('TOO_MANY_FIELDS', `An operation has at most ${limits.rootFields} fields at its root`);
  if (mutations > limits.rootMutations) return refusal('TOO_MANY_FIELDS', `An operation has at most ${limits.rootMutations} mutations`);
  if (size.aliases > limits.aliases) return refusal('TOO_MANY_ALIASES', `An operation has at most ${limits.aliases} aliases, this one has ${size.aliases}`);
  if (size.directives > limits.directives) return refusal('TOO_MANY_DIRECTIVES', `An operation has at most ${limits.directives} directives`);
  if (cost > limits.cost) return refusal('COST_EXCEEDED', `This operation costs ${cost}, the limit is ${limits.cost}: ask for smaller pages`);
  return undefined;
}

/** What the operation costs, when it may go on to validation; a document that does not parse goes on, and is refused there. */
export function checkDocument(schema: GraphQLSchema, asked: Operation, limits: Limits): GraphQLError | Measured {
  if (Buffer.byteLength(asked.query) > limits.bytes) return refusal('DOCUMENT_TOO_LARGE', `A document has at most ${limits.bytes} bytes`);
  let document: DocumentNode;
  try {
    document = treeOf(asked.query);
  } catch {
    return { cost: leastCost, fixed: 0, fields: 0 };      // told by the parser that runs next, with the place of the fault
  }
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = asked.operationName ? operations.find((one) => one.name?.value === asked.operationName) : operations[0];
  if (!operation) return { cost: leastCost, fixed: 0, fields: 0 };
  if (isIntrospection(operation, document)) {
    return limits.introspection ? { cost: introspectionCost, fixed: introspectionCost, fields: 0 } : refusal('UNAUTHENTICATED', 'Sign in to read the schema');
  }
  const measure = new Measure(schema, document, asked.variables ?? {}), size = measure.operation(operation);
  if (size.depth > limits.depth) return refusal('DEPTH_EXCEEDED', `An operation nests at most ${limits.depth} fields, this one nests ${size.depth}`);
  return tooMuch(size, operation, limits) ?? { ...measured(size, operation), isPatient: measure.isPatient };
}
