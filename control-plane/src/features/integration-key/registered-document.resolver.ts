import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { IntegrationKey } from './integration-key.entity.ts';
import { RegisteredDocument } from './registered-document.entity.ts';
import { documentsOf, registerDocuments, RegisteredDocumentsPayload, removeDocuments } from './registered-documents.ts';

@Resolver(() => IntegrationKey)
export class RegisteredDocumentResolver {
  @Allow(Permission.INTEGRATION_WRITE)
  @Mutation(() => RegisteredDocumentsPayload, { description: 'Lets a key run these documents by their id, and at all where only known ones run. Those that it has already stay as they are.' })
  integrationKeyDocumentsRegister(
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID) id: string,
    @Arg('documents', () => [String], { description: 'Texts of documents, at most 200 in all for a key, each of at most 16,384 bytes and valid for this schema.' }) documents: string[],
  ): Promise<RegisteredDocumentsPayload> {
    return registerDocuments(ctx, id, documents, info.schema);
  }

  @Allow(Permission.INTEGRATION_WRITE)
  @Mutation(() => RegisteredDocumentsPayload, { description: 'Takes documents from a key. Ids that it does not have are passed over.' })
  integrationKeyDocumentsRemove(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('documentIds', () => [ID], { description: 'Ids of the documents: `sha256:` and a hash.' }) documentIds: string[],
  ): Promise<RegisteredDocumentsPayload> {
    return removeDocuments(ctx, id, documentIds);
  }

  @FieldResolver(() => [RegisteredDocument], { description: 'Documents that were registered for it, the newest first.' })
  documents(@Root() key: IntegrationKey, @Ctx() ctx: RequestContext): Promise<RegisteredDocument[]> {
    return documentsOf(ctx, key);
  }
}
