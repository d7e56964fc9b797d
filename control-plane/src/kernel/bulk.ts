/** Bulk mutations: up to a thousand rows in one transaction, one outcome for each (graphql-design 11). */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { RequestContext } from './context.ts';
import type { MessageCode } from './words/messages.ts';
import { notFound, refusal } from './words/refusal.ts';
import { readId, typedId, type IdKind } from './typed-id.ts';
import { UserError, UserErrorCode } from './words/user-error.ts';

const mostRows = 1_000;

/** Of mutations that take ids, and of those that take a filter. */
export const dryRunArgument = { defaultValue: false, description: 'Says what would happen, and changes nothing.' } as const;
export const dryRunOfFilter = { defaultValue: false, description: 'Checks input and count, and begins no job.' } as const;

@ObjectType()
export class BulkItemResult {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType({ description: 'Rows that are not there are passed over and told in `results`; what may not be changed, too; all others change together or not at all.' })
export class BulkPayload {
  @Field(() => Int, { description: 'Rows that were found.' })
  matched: number;

  @Field(() => [BulkItemResult], { description: 'One for each id that was given, in their order; empty when the rows were chosen in another way.' })
  results: BulkItemResult[];

  @Field(() => ID, { nullable: true, description: 'Job that remembers what the rows held: the `…BulkUndo` of their kind takes it, for 24 hours. Null where nothing can be taken back.' })
  jobId: string | null = null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(matched: number, results: BulkItemResult[] = [], userErrors: UserError[] = []) {
    this.matched = matched;
    this.results = results;
    this.userErrors = userErrors;
  }
}

/** Rows that were changed, and those that were there but are passed over, with the reason. */
export interface Written { done: readonly number[]; refused?: ReadonlyMap<number, MessageCode> }

/** Works on rows by number and says what became of each. */
export async function forEachId(ctx: RequestContext, kind: IdKind, ids: readonly string[], work: (rows: number[]) => Promise<Written>): Promise<BulkPayload> {
  if (ids.length === 0) return new BulkPayload(0, [], [refusal(ctx, UserErrorCode.REQUIRED, 'invalid_params', ['ids'])]);
  if (ids.length > mostRows) return new BulkPayload(0, [], [refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['ids'])]);
  const rows = ids.map((id) => readId(kind, id)), { done, refused } = await work([...new Set(rows)]), changed = new Set(done);
  const results = rows.map((row, index) => {
    if (changed.has(row)) return { id: typedId(kind, row), ok: true, userErrors: [] };
    const reason = refused?.get(row), path = ['ids', String(index)];
    return { id: ids[index]!, ok: false, userErrors: [reason ? refusal(ctx, UserErrorCode.NOT_ALLOWED, reason, path) : notFound(ctx, path)] };
  });
  return new BulkPayload(changed.size + (refused?.size ?? 0), results);
}
