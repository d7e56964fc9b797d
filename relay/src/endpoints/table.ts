/** Every endpoint beside chat, with the addresses under which clients call it. */
import type { Endpoint } from './endpoint.ts';
import { completions } from './completions.ts';
import { embeddings } from './embeddings.ts';
import { moderations } from './moderations.ts';
import { rerank } from './rerank.ts';

export const endpoints: readonly { readonly endpoint: Endpoint; readonly paths: readonly string[] }[] = [
  { endpoint: completions, paths: ['/v1/completions'] },
  { endpoint: embeddings, paths: ['/v1/embeddings', '/v1/engines/*'] },
  { endpoint: moderations, paths: ['/v1/moderations'] },
  { endpoint: rerank, paths: ['/v1/rerank', '/rerank'] },
];
