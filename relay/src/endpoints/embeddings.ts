import { percentDecoded } from '../framing/percent.ts';
import { endpoint } from './endpoint.ts';

/** `POST /v1/embeddings`, and `/v1/engines/{model}/embeddings`. Input may be texts or lists of token numbers: the upstream looks. */
export const embeddings = endpoint({
  name: 'embeddings',
  path: '/v1/embeddings',
  members: ['input'],
  check: (found) => found.require('input'),
  modelIn: ({ path }) => engineIn(path),
  answer: { whole: ['data', 'embeddings'] },
});

export function engineIn(path: string): string | undefined {
  const name = /^\/v1\/engines\/(.+)\/embeddings$/.exec(path)?.[1];
  return name === undefined ? undefined : percentDecoded(name);
}
