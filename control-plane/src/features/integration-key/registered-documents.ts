/** Documents that integrators register for their key (graphql-design 16). */
import { parse, validate, type GraphQLSchema } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { readId } from '../../kernel/typed-id.ts';
import { notFound, Refusals } from '../../kernel/words/refusal.ts';
import { UserError, UserErrorCode } from '../../kernel/words/user-error.ts';
import { documentIdOf } from './document-id.ts';
import { IntegrationKey } from './integration-key.entity.ts';
import { RegisteredDocument } from './registered-document.entity.ts';

const mostDocuments = 200, largestDocument = 16_384, mostTokens = 2_000;

@ObjectType({ description: 'The documents of a key after a change of them, or why there was none.' })
export class RegisteredDocumentsPayload {
  @Field(() => [RegisteredDocument], { description: 'All that the key has now, the newest first.' })
  documents: RegisteredDocument[];

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(documents: RegisteredDocument[] = [], userErrors: UserError[] = []) {
    this.documents = documents;
    this.userErrors = userErrors;
  }
}

/** Whether the schema would run it. What it costs is measured when it runs: that depends on its variables. */
function isDocument(schema: GraphQLSchema, text: string): boolean {
  try {
    return validate(schema, parse(text, { maxTokens: mostTokens })).length === 0;
  } catch {
    return false;
  }
}

const latest = async ({ em }: RequestContext, ids: readonly number[]): Promise<RegisteredDocument[][]> => {
  const rows = await em.fork().find(RegisteredDocument, { keyId: { $in: [...ids] } }, { orderBy: { createdAt: 'desc', id: 'asc' } });
  return ids.map((id) => rows.filter(({ keyId }) => keyId === id));
};

export const documentsOf = (ctx: RequestContext, { id }: Pick<IntegrationKey, 'id'>): Promise<RegisteredDocument[]> => requestLoader(ctx, latest).load(id);

const insert = `insert into registered_document (key_id, id, text, created_at) select $1, id, text, $4 from unnest($2::text[], $3::text[]) as d(id, text) on conflict do nothing`;

export async function registerDocuments(ctx: RequestContext, id: string, texts: readonly string[], schema: GraphQLSchema): Promise<RegisteredDocumentsPayload> {
  const keyId = readId('integrationKey', id), key = await ctx.em.findOne(IntegrationKey, { id: keyId, revokedAt: null });
  if (!key) return new RegisteredDocumentsPayload([], [notFound(ctx)]);
  const faults = new Refusals(ctx), sql = sqlOf(ctx.em);
  faults.unless(texts.length > 0 && texts.length <= mostDocuments, 'too_many_items', ['documents'], UserErrorCode.OUT_OF_RANGE, { min: '1', max: String(mostDocuments) });
  for (const [index, text] of texts.slice(0, mostDocuments).entries()) {
    if (Buffer.byteLength(text) > largestDocument) faults.unless(false, 'text_too_long', ['documents', String(index)], UserErrorCode.TOO_LONG, { max: String(largestDocument) });
    else faults.unless(isDocument(schema, text), 'document_invalid', ['documents', String(index)]);
  }
  if (!faults.any) {
    const ids = texts.map(documentIdOf), held = await sql<{ id: string }>('select id from registered_document where key_id = $1', [keyId]);
    faults.unless(new Set([...ids, ...held.map((one) => one.id)]).size <= mostDocuments, 'too_many_items', ['documents'], UserErrorCode.OUT_OF_RANGE, { max: String(mostDocuments) });
    if (!faults.any) await sql(insert, [keyId, ids, texts, ctx.clock.now()]);
  }
  return new RegisteredDocumentsPayload((await latest(ctx, [keyId]))[0], faults.list);
}

export async function removeDocuments(ctx: RequestContext, id: string, documentIds: readonly string[]): Promise<RegisteredDocumentsPayload> {
  const keyId = readId('integrationKey', id), key = await ctx.em.findOne(IntegrationKey, { id: keyId });
  if (!key) return new RegisteredDocumentsPayload([], [notFound(ctx)]);
  await sqlOf(ctx.em)('delete from registered_document where key_id = $1 and id = any($2::text[])', [keyId, documentIds]);
  return new RegisteredDocumentsPayload((await latest(ctx, [keyId]))[0]);
}

/** Its text; undefined when the key has no such document. */
export async function registeredText({ em }: RequestContext, keyId: number, documentId: string): Promise<string | undefined> {
  const [found] = await sqlOf(em)<{ text: string }>('select text from registered_document where key_id = $1 and id = $2', [keyId, documentId]);
  return found?.text;
}
