/**
 * Documents are sent by their id (graphql-design 16): the build gives each one here with its text. A server that does not know an
 * id, because it is of another release, gets the text, and from then on the text only. Without a build there are no ids.
 */
const ids = new Map<string, string>();

/** Called by what the build writes in the place of a document. */
export function knownDocument(name: string, id: string, text: string): string {
  ids.set(name, id);
  return text;
}

export const idOfDocument = (name: string | undefined): string | undefined => (name === undefined ? undefined : ids.get(name));

/** The server does not know it. */
export const forgetDocument = (name: string): void => { ids.delete(name); };

interface Refused { extensions?: { code?: unknown } | undefined }

export const isUnknownDocument = (errors: unknown): boolean =>
  Array.isArray(errors) && errors.some((error: Refused) => error.extensions?.code === 'DOCUMENT_NOT_FOUND');
