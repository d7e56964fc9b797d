/** The one guard before GraphQL, for HTTP and WebSocket alike: refuses what is too large for the caller. */
import { GraphQLError, Kind, OperationTypeNode, parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { largestTokenCount, type Limits } from './limits.ts';
import { Measure, type Size } from './measure.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { rootFields } from './root-fields.ts';

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

/** Of a document that will not get further than its parser. */
const leastCost = 1;

export const mutationCost = 10;

/** What stands at the root, and how large all of it is. */
interface Weighed { size: Size; measure: Measure; fields: number; mutations: number; alone: number }

function weigh(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Operation['variables']): Weighed {
  const measure = new Measure(schema, document, variables ?? {}), size = measure.operation(operation), counts = rootFields(operation.selectionSet, measure.fragments), single = oneAtATime(schema);
  const fields = [...counts.values()].reduce((sum, times) => sum + times, 0), isMutation = operation.operation === OperationTypeNode.MUTATION;
  const alone = isMutation ? [...counts].reduce((sum, [name, times]) => sum + (single.has(name) ? times : 0), 0) : 0;
  return { size, measure, fields, mutations: isMutation ? fields : 0, alone };
}

const measured = ({ size, measure, mutations }: Weighed, { operation: kind }: OperationDefinitionNode): Measured => {
  const changes = mutationCost * mutations;
  return { cost: Math.max(leastCost, size.cost + changes), fixed: size.fixed + changes, fields: size.fields, kind, isPatient: measure.isPatient };
};

function tooMuch({ size, measure, fields, mutations, alone }: Weighed, { cost }: Measured, limits: Limits): GraphQLError | undefined {
  if (measure.asksForSchema && !limits.introspection) return refusal('UNAUTHENTICATED', 'Sign in to read the schema');
  if (size.depth > limits.depth) return refusal('DEPTH_EXCEEDED', `An operation nests at most ${limits.depth} fields, this one nests ${size.depth}`);
  if (cost > limits.cost) return refusal('COST_EXCEEDED', `This operation costs ${cost}, the limit is ${limits.cost}: ask for smaller pages`);
  if (fields > limits.rootFields) return refusal('TOO_MANY_FIELDS', `An operation has at most ${limits.rootFields} fields at its root`);
  if (mutations > limits.rootMutations) return refusal('TOO_MANY_FIELDS', `An operation has at most ${limits.rootMutations} mutations`);
  if (alone > 1) return refusal('TOO_MANY_FIELDS', 'An operation holds one mutation that proves who is there or moves money: send the others by themselves');
  if (size.aliases > limits.aliases) return refusal('TOO_MANY_ALIASES', `An operation has at most ${limits.aliases} aliases, this one has ${size.aliases}`);
  if (size.directives > limits.directives) return refusal('TOO_MANY_DIRECTIVES', `An operation has at most ${limits.directives} directives`);
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
  const weighed = weigh(schema, document, operation, asked.variables), told = measured(weighed, operation);
  return tooMuch(weighed, told, limits) ?? told;
}
