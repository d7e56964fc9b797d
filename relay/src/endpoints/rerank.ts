import type { JsonObject } from '../dialects/chat-event.ts';
import type { ClientForm, Surface } from '../dialects/dialect.ts';
import { isObject, list, member, parseJson } from '../dialects/json-member.ts';
import { estimateInput } from '../dialects/metering/input-estimate.ts';
import { readEndpointUsage } from './endpoint-usage.ts';
import { endpoint } from './endpoint.ts';

const ranking = endpoint({
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

/** What the contract's answer has and not every provider gives (relay-api 7); usage that nobody reports is what is charged. */
const completed: ClientForm = (body, { id = '' }) => ({
  body,
  give: (answer) => {
    const { results, usage, ...others } = answer, found = readEndpointUsage((name) => answer[name]);
    const tokens = found?.input ?? estimateInput(body), own = isObject(usage) ? usage : {};
    return {
      id: `rerank-${id}`, meta: {}, ...others, results: refusesDocuments(body) ? list(results).map((one) => (isObject(one) ? withoutDocument(one) : one)) : (results ?? []),
      usage: { ...own, prompt_tokens: own['prompt_tokens'] ?? tokens, completion_tokens: own['completion_tokens'] ?? 0, total_tokens: own['total_tokens'] ?? tokens },
    };
  },
});

/** Some providers send them unless they are told not to, and some whatever they are told. */
const refusesDocuments = (body: Buffer): boolean => member(parseJson(body.toString('utf8')), 'return_documents') === false;

const withoutDocument = (result: JsonObject): JsonObject => Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'document'));

/** `POST /v1/rerank`, the form that Jina and Cohere share (providers 7.2). */
export const rerank: Surface = { ...ranking, clientForm: completed };
