/** Documents that are known by their hash: those that the console was built with, of this and of earlier releases (graphql-design 16). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import { sqlOf } from '../../database/sql.ts';
import { textOption } from '../../features/option/option-values.ts';
import type { RequestContext } from '../../kernel/context.ts';

const manifestName = /^persisted-documents.*\.json$/;

export const documentIdOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

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

export class TrustedDocuments {
  private readonly documents: ReadonlyMap<string, string>;

  /** @param folder of the built console; a manifest `persisted-documents*.json` in it is read once */
  constructor(folder: string) {
    this.documents = readManifests(folder);
  }

  /** The document to run. DOCUMENT_NOT_FOUND: the client sends the text once. DOCUMENT_NOT_TRUSTED: this instance takes known ones only. */
  async textOf(context: RequestContext, asked: { query?: string; documentId?: string }): Promise<string | GraphQLError> {
    if (asked.documentId !== undefined) return this.documents.get(asked.documentId) ?? refusal('DOCUMENT_NOT_FOUND', 'No document has this id: send its text');
    return (await this.mayText(context)) ? asked.query! : refusal('DOCUMENT_NOT_TRUSTED', 'This instance runs known documents only: send documentId');
  }

  private async mayText({ em, principal }: RequestContext): Promise<boolean> {
    // Without a manifest nobody could sign in any more to change the option back.
    if (this.documents.size === 0) return true;
    const mode = await textOption(sqlOf(em), 'graphql.documents');
    return mode === 'open' || (mode === 'console-only' && principal?.credential === 'integration-key');
  }
}
