/** Documents that are known by their hash: those that the console was built with, of this and of earlier releases (graphql-design 16). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import { sqlOf } from '../../database/sql.ts';
import { documentIdOf } from '../../features/integration-key/document-id.ts';
import { registeredText } from '../../features/integration-key/registered-documents.ts';
import { textOption } from '../../features/option/option-values.ts';
import type { RequestContext } from '../../kernel/context.ts';

const manifestName = /^persisted-documents.*\.json$/;


/** Hash to document. A manifest that holds something else under a hash is a fault of the build, told at start. */
function readManifests(folder: string): Map<string, string> {
  const documents = new Map<string, string>();
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => manifestName.test(name));
  } catch {
    return documents;                                    // the console is not built: everybody sends text
  }
  for (const name of names) {
    const manifest = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>;
    for (const [id, text] of Object.entries(manifest)) {
      if (documentIdOf(text) !== id) throw new Error(`${name} holds a document whose hash is not ${id}`);
      documents.set(id, text);
    }
  }
  return documents;
}

const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } });

/** Where only known documents run, somebody must be able to register those of programs. */
const builtIn: ReadonlyMap<string, string> = new Map([
  ['weir:documents-register', 'mutation DocumentsRegister($id: ID!, $documents: [String!]!) { integrationKeyDocumentsRegister(id: $id, documents: $documents) { documents { id createdAt } userErrors { code message path } } }'],
  ['weir:documents-remove', 'mutation DocumentsRemove($id: ID!, $documentIds: [ID!]!) { integrationKeyDocumentsRemove(id: $id, documentIds: $documentIds) { documents { id createdAt } userErrors { code message path } } }'],
  ['weir:integration-keys', 'query IntegrationKeys { integrationKeys { id name prefix lastClient documents { id text createdAt } } }'],
]);

export interface KnownText {
  text: string;
  /** One of our own: the limits of other people's documents are not for it. */
  isOurs: boolean;
}

export class TrustedDocuments {
  private readonly documents: ReadonlyMap<string, string>;

  /** @param folder of the built console; a manifest `persisted-documents*.json` in it is read once */
  constructor(folder: string) {
    this.documents = readManifests(folder);
  }

  /** The document to run. DOCUMENT_NOT_FOUND: the client sends the text once. DOCUMENT_NOT_TRUSTED: this instance takes known ones only. */
  async textOf(context: RequestContext, asked: { query?: string; documentId?: string }): Promise<KnownText | GraphQLError> {
    if (asked.documentId !== undefined) return await this.find(context, asked.documentId) ?? refusal('DOCUMENT_NOT_FOUND', 'No document has this id: send its text');
    if (await this.mayText(context)) return { text: asked.query!, isOurs: false };
    // The text of a known document is that document.
    return await this.find(context, documentIdOf(asked.query!)) ?? refusal('DOCUMENT_NOT_TRUSTED', 'This instance runs known documents only: send documentId');
  }

  /** Of our own, or of the key that asks. */
  private async find(context: RequestContext, documentId: string): Promise<KnownText | undefined> {
    const own = this.documents.get(documentId) ?? builtIn.get(documentId), { principal } = context;
    if (own !== undefined) return { text: own, isOurs: true };
    const text = principal?.keyId === undefined ? undefined : await registeredText(context, principal.keyId, documentId);
    return text === undefined ? undefined : { text, isOurs: false };
  }

  private async mayText({ em, principal }: RequestContext): Promise<boolean> {
    // Without a manifest nobody could sign in any more to change the option back.
    if (this.documents.size === 0) return true;
    const mode = await textOption(sqlOf(em), 'graphql.documents');
    return mode === 'open' || (mode === 'console-only' && principal?.credential === 'integration-key');
  }
}
