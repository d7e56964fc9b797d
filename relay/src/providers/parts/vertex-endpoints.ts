import type { JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import { cannot } from '../../dialects/request/losses.ts';
import type { Served } from '../../endpoints/served.ts';
import type { Failure } from '../../failure/failure.ts';
import { embeddingAnswer } from './endpoint-answers.ts';
import { geminiEdits, geminiPictures } from './gemini-endpoints.ts';

/** Its addresses are its own. */
const { path: _, ...pictures } = geminiPictures, { path: __, ...edits } = geminiEdits;

/** Providers 4.6: predictions, and contents for pictures of Gemini. */
export const vertexServes: Served = { embeddings: { writeRequest: asPrediction, readAnswer: fromPrediction }, 'image-generations': pictures, 'image-edits': edits, 'count-tokens': { writeRequest: countable }, 'gemini-count-tokens': {} };

/** Dated models of Anthropic have an @ before the date. */
export const datedModel = (model: string): string => model.replace(/-(\d{8})$/, '@$1');

function countable(request: JsonObject): JsonObject | Failure {
  const model = text(request['model']) ?? '';
  return model.startsWith('claude') ? { ...request, model: datedModel(model) } : cannot('model', 'is not counted in this dialect');
}

function asPrediction({ input, dimensions, task_type: task, title }: JsonObject): JsonObject | Failure {
  const texts = typeof input === 'string' ? [input] : list(input);
  if (!texts.every((each) => typeof each === 'string')) return cannot('input', 'must be text: this provider takes no token numbers');
  return { instances: texts.map((content) => wire({ content, task_type: task, title })), parameters: wire({ outputDimensionality: dimensions }) };
}

function fromPrediction(answer: JsonObject, request: JsonObject): JsonObject | Failure {
  const found = list(answer['predictions']).map((each) => member(each, 'embeddings'));
  const tokens = found.reduce((sum: number, each) => { const count = member(member(each, 'statistics'), 'token_count'); return sum + (typeof count === 'number' ? count : 0); }, 0);
  return embeddingAnswer(found.map((each) => member(each, 'values') ?? []), request, tokens);
}
