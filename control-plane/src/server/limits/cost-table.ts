/** What each place of a document is charged, for people who want to make it cheaper (X-Cost-Debug). */
import { Kind, OperationTypeNode, type FieldNode, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { mutationCost, treeOf, type Operation } from './check-document.ts';
import { Measure, type Place } from './measure.ts';

export interface CostLine {
  path: string;
  /** How often it may be answered. */
  rows: number;
  /** Points in all, what stands below it included. */
  cost: number;
}

/** Fragments inside fragments may unfold to anything: a table for people ends somewhere. */
const mostLines = 200, mostSteps = 5_000;

class Table {
  readonly lines: CostLine[] = [];
  private steps = 0;

  constructor(private readonly measure: Measure) {}

  walk(set: SelectionSetNode, place: Place, { path, times, extra }: { path: string; times: number; extra: number }): void {
    for (const node of set.selections) {
      if (++this.steps > mostSteps || this.lines.length >= mostLines) return;
      if (node.kind === Kind.FIELD) this.field(node, place, { path, times, extra });
      else {
        const below = node.kind === Kind.FRAGMENT_SPREAD ? this.measure.fragments.get(node.name.value) : node;
        if (below) this.walk(below.selectionSet, { ...place, type: this.measure.typeOf(below.typeCondition, place) }, { path, times, extra });
      }
    }
  }

  private field(node: FieldNode, place: Place, { path, times, extra }: { path: string; times: number; extra: number }): void {
    const { size, inside, times: each } = this.measure.weigh(node, place), name = (node.alias ?? node.name).value, here = path ? `${path}.${name}` : name;
    if (size.cost + extra > 0) this.lines.push({ path: here, rows: times * each, cost: times * size.cost + extra });
    if (node.selectionSet) this.walk(node.selectionSet, inside, { path: here, times: times * each, extra: 0 });
  }
}

/** Of a document that has been measured, and let pass. */
export function costTable(schema: GraphQLSchema, asked: Operation): CostLine[] {
  const document = treeOf(asked.query), operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = asked.operationName ? operations.find((one) => one.name?.value === asked.operationName) : operations[0];
  if (!operation) return [];
  const measure = new Measure(schema, document, asked.variables ?? {}), table = new Table(measure), type = schema.getRootType(operation.operation) ?? undefined;
  measure.operation(operation);                          // reads the defaults of its variables
  table.walk(operation.selectionSet, { type, rows: undefined }, { path: '', times: 1, extra: operation.operation === OperationTypeNode.MUTATION ? mutationCost : 0 });
  return table.lines;
}
