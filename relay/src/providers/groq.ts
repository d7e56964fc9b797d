import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { text } from '../dialects/json-member.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { eachMessage, without } from './parts/request-edits.ts';

/** Providers 5. Recordings: fixtures/groq. */
export const groq = provider({
  ...compatible,
  name: 'groq',
  label: 'Groq',
  type: 1,
  preset: true,
  baseUrl: 'https://api.groq.com/openai',
  speaks: [openaiChat, openaiResponses],
  suggestedModels: ['openai/gpt-oss-120b', 'llama-3.3-70b-versatile', 'qwen/qwen3-32b', 'moonshotai/kimi-k2-instruct-0905', 'whisper-large-v3-turbo'],
  // Unless they are asked to tell them apart, some put their thoughts into the text.
  able: (model) => ({ documents: false, audio: false, severalAnswers: false, thinkTags: thinks.test(model) }),
  serves: { speech: {}, transcriptions: {}, translations: {} },

  writeRequest: (written, _, dialect) => {
    if (dialect !== openaiChat) return written;
    const plain = eachMessage(without(written, 'logprobs', 'top_logprobs', 'logit_bias', 'n'), (message) => without(message, 'name'));
    const model = text(written['model']) ?? '', off = written['reasoning_effort'] === 'none';
    // Qwen can only be told not to think, gpt-oss only how hard; the others know no effort.
    return (model.includes('qwen3') && off) || (model.includes('gpt-oss') && !off) ? plain : without(plain, 'reasoning_effort');
  },
});

const thinks = /qwen3|qwq|deepseek-r1/;
