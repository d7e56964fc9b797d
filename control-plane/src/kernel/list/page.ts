/** One connection type for every list: cursor for programs, offset for page numbers (graphql-design 4). */
import { GraphQLError } from 'graphql';
import { ArgsType, Field, Int, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import { Int64 } from '../scalars.ts';

const largestPage = 100;
const deepestOffset = 10_000;

export enum SortDirection { ASC = 'ASC', DESC = 'DESC' }
registerEnumType(SortDirection, { name: 'SortDirection' });

export enum CountPrecision { EXACT = 'EXACT', AT_LEAST = 'AT_LEAST', ESTIMATE = 'ESTIMATE' }
registerEnumType(CountPrecision, {
  name: 'CountPrecision', description: 'How far a count can be trusted.',
  valuesConfig: { EXACT: { description: 'Every row was counted.' }, AT_LEAST: { description: 'Counting stopped: there are more.' }, ESTIMATE: { description: 'Counting would have taken too long: a guess by the statistics of the database.' } },
});

@ObjectType()
export class Count {
  @Field(() => Int64)
  value: bigint;

  @Field(() => CountPrecision)
  precision: CountPrecision;

  constructor(value: number | bigint, precision = CountPrecision.EXACT) {
    this.value = BigInt(value);
    this.precision = precision;
  }
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor?: string | null;

  @Field(() => String, { nullable: true })
  endCursor?: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'Rows on the page, 1 to 100.' })
  first: number = 20;

  @Field(() => String, { nullable: true, description: 'Cursor of the row before the page.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'Rows to skip, instead of a cursor; at most 10,000.' })
  offset?: number | null;
}

const refuse = (code: string, message: string): never => { throw new GraphQLError(message, { extensions: { code } }); };

/** Throws on sizes and combinations that the contract refuses. */
export function checkPage(args: PageArgs): void {
  if (args.first < 1 || args.first > largestPage) refuse('BAD_USER_INPUT', `first must lie between 1 and ${largestPage}`);
  if (args.offset != null && args.after != null) refuse('BAD_USER_INPUT', 'Give either offset or after, not both');
  if (args.offset != null && args.offset < 0) refuse('BAD_USER_INPUT', 'offset must not be negative');
  if (args.offset != null && args.offset > deepestOffset) refuse('PAGINATION_TOO_DEEP', `offset ends at ${deepestOffset}: continue with after and the endCursor of a page`);
}

export interface Connection<T> {
  nodes: T[];
  pageInfo: PageInfo;
  /** Of the row at this place on the page; null where the list has no cursors. Computed only when edges are asked for. */
  cursorOf: (index: number) => string | null;
  /** Runs only when the field is asked for. */
  countRows: () => Promise<Count>;
}

/** Makes the GraphQL types `<Name>Connection` and `<Name>Edge`; call once for each entity. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`)
  class EdgeType {
    @Field(() => node())
    node!: T;

    @Field(() => String, { nullable: true, description: 'Goes on behind this row as `after`; null where the list has no cursors, as in pages over tags.' })
    cursor!: string | null;
  }

  @ObjectType(`${name}Connection`)
  class ConnectionType {
    @Field(() => [node()])
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    cursorOf!: (index: number) => string | null;
    countRows!: () => Promise<Count>;

    @Field(() => [EdgeType], { description: 'The same rows, each with its cursor.' })
    edges(): EdgeType[] {
      return this.nodes.map((each, index) => ({ node: each, cursor: this.cursorOf(index) }));
    }

    @Field(() => Count, { description: 'Counted only when asked for.' })
    totalCount(): Promise<Count> {
      return this.countRows();
    }
  }
  return ConnectionType;
}
