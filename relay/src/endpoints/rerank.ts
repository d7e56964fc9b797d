import { endpoint } from './endpoint.ts';

/** `POST /v1/rerank`, the form that Jina and Cohere share (providers 7.2). */
export const rerank = endpoint({
  name: 'rerank',
  path: '/v1/rerank',
  members: ['query', 'documents'],
  check: (found) => {
    found.require('query');
    found.requireList('documents');
    if (found.isEmptyList('documents')) found.refuse('documents', 'must hold at least one document', undefined);
  },
  answer: { whole: ['results'] },
});
