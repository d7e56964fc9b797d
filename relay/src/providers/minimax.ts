import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { list, text, wire } from '../dialects/json-member.ts';
import { minimaxServes } from './parts/minimax-endpoints.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';
import { withDetails } from './parts/reasoning-replay.ts';
import { clamped, without } from './parts/request-edits.ts';

const { credential, authorize } = compatible;

/** Providers 4.17. Its models cannot be listed. */
export const minimax = provider({
  credential, authorize,
  name: 'minimax',
  label: 'MiniMax',
  type: 35,
  baseUrl: 'https://api.minimaxi.com',
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['MiniMax-M2.1', 'MiniMax-M2', 'MiniMax-Text-01', 'speech-2.6-hd', 'image-01'],
  able: { forcedTool: 'none', oneCall: false, jsonSchema: 'words', documents: false, audio: false, severalAnswers: false, thinkTags: true, grownThoughts: true },
  serves: minimaxServes,
  places: { 'anthropic-messages': '/anthropic/v1/messages' },

  // Its thinking models want their thoughts back with the calls they led to.
  writeRequest: (written, request, dialect) => {
    if (dialect !== openaiChat) return written;
    const thinks = (text(written['model']) ?? '').startsWith('MiniMax-M'), fitting = clamped(without(written, 'reasoning_effort'), 'temperature', 0.01, 1);
    return thinks ? wire({ ...fitting, messages: withDetails(list(fitting['messages']), request), reasoning_split: true }) : fitting;
  },

  // Inside answers of status 200, in `base_resp`.
  readFailure: meanings({
    timeout: ['1001'], rate: ['1002', '1039', '1041'], key: ['1004', '2049'], account: ['1008'], content: ['1026', '1027'], request: ['2013'], internal: ['1013'], unknown: ['1000'],
  }),
});
