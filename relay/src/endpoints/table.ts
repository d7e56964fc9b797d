/** Every endpoint beside chat, with the addresses under which clients call it. */
import type { Surface } from '../dialects/dialect.ts';
import { compact } from './compact.ts';
import { completions } from './completions.ts';
import { embeddings } from './embeddings.ts';
import { speech, transcriptions, translations } from './audio.ts';
import { imageEdits, imageGenerations, imageVariations } from './images.ts';
import { engineEmbeddings } from './gemini-embeddings.ts';
import { moderations } from './moderations.ts';
import { rerank } from './rerank.ts';

export const endpoints: readonly { readonly endpoint: Surface; readonly paths: readonly string[] }[] = [
  { endpoint: completions, paths: ['/v1/completions'] },
  { endpoint: embeddings, paths: ['/v1/embeddings'] },
  { endpoint: engineEmbeddings, paths: ['/v1/engines/*'] },
  { endpoint: compact, paths: ['/v1/responses/compact'] },
  { endpoint: imageGenerations, paths: ['/v1/images/generations'] },
  { endpoint: imageEdits, paths: ['/v1/images/edits'] },
  { endpoint: imageVariations, paths: ['/v1/images/variations'] },
  { endpoint: speech, paths: ['/v1/audio/speech'] },
  { endpoint: transcriptions, paths: ['/v1/audio/transcriptions'] },
  { endpoint: translations, paths: ['/v1/audio/translations'] },
  { endpoint: moderations, paths: ['/v1/moderations'] },
  { endpoint: rerank, paths: ['/v1/rerank', '/rerank'] },
];
