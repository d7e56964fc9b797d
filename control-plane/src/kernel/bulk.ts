/** Bulk mutations: up to a thousand rows in one transaction, one outcome for each (graphql-design 11). */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { RequestContext } from './context.ts';
import { notFound, refusal } from './refusal.ts';
import { readId, typedId, type IdKind } from './typed-id.ts';
import { UserError, UserErrorCode } from './user-error.ts';

const mostRows = 1_000;

@ObjectType()
export class BulkItemResult {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType({ description: 'Rows that are not there are passed over and told in `results`; all others change together or not at all.' })
export class BulkPayload {
  @Field(() => Int, { description: 'Rows that were found.' })
  matched: number;

  @Field(() => [BulkItemResult], { description: 'One for each id that was given, in their order; empty when the rows were chosen in another way.' })
  results: BulkItemResult[];

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(matched: number, results: BulkItemResult[] = [], userErrors: UserError[] = []) {
    this.matched = matched;
    this.results = results;
    this.userErrors = userErrors;
  }
}

/** Works on rows by number and says which of them there were. */
export async function forEachId(ctx: RequestContext, kind: IdKind, ids: readonly string[], work: (rows: number[]) => Promise<number[]>): Promise<BulkPayload> {
  if (ids.length === 0) return new BulkPayload(0, [], [refusal(ctx, UserErrorCode.REQUIRED, 'invalid_params', ['ids'])]);
  if (ids.length > mostRows) return new BulkPayload(0, [], [refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['ids'])]);
  const rows = ids.map((id) => readId(kind, id)), found = new Set(await work([...new Set(rows)]));
  const results = rows.map((row, index) =>
    found.has(row) ? { id: typedId(kind, row), ok: true, userErrors: [] } : { id: ids[index]!, ok: false, userErrors: [notFound(ctx, ['ids', String(index)])] });
  return new BulkPayload(found.size, results);
}
