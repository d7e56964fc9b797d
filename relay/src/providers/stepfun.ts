import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';

/** Providers 5. */
export const stepfun = provider({
  ...compatible,
  name: 'stepfun',
  label: 'StepFun',
  type: 1,
  preset: true,
  baseUrl: 'https://api.stepfun.com',
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['step-3', 'step-2-16k', 'step-1o-turbo-vision', 'step-tts-2'],
  able: { oneCall: false, documents: false, videos: true, severalAnswers: false },
  serves: { speech: {}, transcriptions: {}, 'image-generations': {}, 'image-edits': {} },

  // Else it writes its thoughts under another name.
  writeRequest: (written, _, dialect) => (dialect === openaiChat ? { ...written, reasoning_format: 'deepseek-style' } : written),
});
