import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { text, wire } from '../dialects/json-member.ts';
import { minimaxServes } from './parts/minimax-endpoints.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';
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
  able: { forcedTool: 'none', oneCall: false, jsonSchema: 'words', documents: false, audio: false, severalAnswers: false, thinkTags: true },
  serves: minimaxServes,
  places: { 'anthropic-messages': '/anthropic/v1/messages' },

  writeRequest: (written, _, dialect) => {
    if (dialect !== openaiChat) return written;
    const model = text(written['model']) ?? '';
    return wire({ ...clamped(without(written, 'reasoning_effort'), 'temperature', 0.01, 1), reasoning_split: model.startsWith('MiniMax-M') ? true : undefined });
  },

  // Inside answers of status 200, in `base_resp`.
  readFailure: meanings({
    timeout: ['1001'], rate: ['1002', '1039', '1041'], key: ['1004', '2049'], account: ['1008'], content: ['1026', '1027'], request: ['2013'], server: ['1000', '1013'],
  }),
});
