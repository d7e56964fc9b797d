/** `fetch` for queries and mutations: the id goes in the place of the text. */
import { forgetDocument, idOfDocument, isUnknownDocument } from './document-ids.ts';

interface Body { query?: string; operationName?: string }

async function isUnknown(answer: Response): Promise<boolean> {
  if (answer.ok) return false;
  const body = await answer.clone().json().catch(() => undefined) as { errors?: unknown } | undefined;
  return isUnknownDocument(body?.errors);
}

export const fetchDocument: typeof fetch = async (address, options) => {
  if (typeof options?.body !== 'string') return fetch(address, options);
  const { query: _, ...rest } = JSON.parse(options.body) as Body, { operationName } = rest, documentId = idOfDocument(operationName);
  if (operationName === undefined || documentId === undefined) return fetch(address, options);
  const answer = await fetch(address, { ...options, body: JSON.stringify({ documentId, ...rest }) });
  if (!await isUnknown(answer)) return answer;
  forgetDocument(operationName);
  return fetch(address, options);
};
