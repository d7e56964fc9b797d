import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import type { Json } from '../dialects/chat-event.ts';
import { isObject, list, text } from '../dialects/json-member.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { clamped, without } from './parts/request-edits.ts';

const { credential, authorize } = compatible;

/** Providers 5. Its models cannot be listed. Recordings: fixtures/perplexity. */
export const perplexity = provider({
  credential, authorize,
  name: 'perplexity',
  label: 'Perplexity',
  type: 27,
  baseUrl: 'https://api.perplexity.ai',
  speaks: [openaiChat, openaiResponses],
  suggestedModels: ['sonar-pro', 'sonar', 'sonar-reasoning-pro', 'sonar-deep-research'],
  able: (model) => ({ streamUsage: 'always', tools: false, documents: false, audio: false, severalAnswers: false, system: 'first', thinkTags: /reasoning|research/.test(model) }),
  places: { 'openai-chat': '/chat/completions' },

  writeRequest: (written, _, dialect) => {
    if (dialect !== openaiChat) return written;
    const plain = (text(written['model']) ?? '').includes('deep-research') ? written : without(written, 'reasoning_effort');
    return { ...clamped(plain, 'top_p', 0, 0.999), messages: alternating(list(plain['messages'])) };
  },
});

/** After the system it wants the roles in turn: neighbours become one. */
function alternating(messages: readonly Json[]): Json[] {
  const joined: Json[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    if (isObject(message) && isObject(before) && before['role'] === message['role'] && message['role'] !== 'system') {
      joined[joined.length - 1] = { ...before, content: contentOf([...partsOf(before['content']), ...partsOf(message['content'])]) };
    } else joined.push(message);
  }
  return joined;
}

const partsOf = (content: Json | undefined): Json[] => (typeof content === 'string' ? [{ type: 'text', text: content }] : list(content));

function contentOf(parts: readonly Json[]): Json {
  const texts = parts.map((part) => (isObject(part) && part['type'] === 'text' ? text(part['text']) : undefined));
  return texts.every((each) => each !== undefined) ? texts.join('\n\n') : [...parts];
}
