import { createHash } from 'node:crypto';

/** What a document is known by: the hash of its text. */
export const documentIdOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
