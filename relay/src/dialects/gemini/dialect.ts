/** Gemini generateContent: https://ai.google.dev/api/generate-content. Left out: cached contents, files. */
import { answerEditor } from '../answer/answer-edits.ts';
import type { AnswerEdits, AnswerEditor, Dialect } from '../dialect.ts';
import { estimateInput } from '../metering/input-estimate.ts';
import { topMember } from '../answer/model-echo.ts';
import { callPath } from './address.ts';
import { writeAnswer } from './answer-writer.ts';
import { readFailure, renderFailure, renderStreamFailure } from './failure.ts';
import { newFraming } from './framing.ts';
import { ListModelEcho } from './list-model-echo.ts';
import { newReader, readAnswer } from './reader.ts';
import { readRequest } from './request.ts';
import { writeRequest } from './request-writer.ts';
import { rewrite, scan } from './scan.ts';
import { holdsEnd, watch } from './watch.ts';
import { newWriter } from './writer.ts';

const modelVersion = topMember('modelVersion');

function editAnswer(edits: AnswerEdits): AnswerEditor | undefined {
  if (edits.stream && edits.form === 'json-array') return edits.model === undefined ? undefined : new ListModelEcho(edits.model, modelVersion);
  return answerEditor(edits, { endless: true, model: modelVersion, bodyModel: modelVersion, member: 'modelVersion' });
}

export const gemini: Dialect = {
  name: 'gemini',
  path: '/v1beta/models',
  callPath,
  toolNames: /^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$/,
  keyPlace: 'google',
  memberNames: {
    messages: 'contents', n: 'generationConfig.candidateCount', logprobs: 'generationConfig.responseLogprobs',
    audio: 'generationConfig.responseModalities', picture: 'generationConfig.responseModalities', stop: 'generationConfig.stopSequences',
  },
  clientHeaders: ['x-goog-api-client'],
  headers: [],
  holdsEnd,
  scan, rewrite, watch, editAnswer,
  readRequest, writeRequest, newReader, newWriter, readAnswer, writeAnswer,
  estimateInput,
  readFailure, renderFailure, renderStreamFailure,
  newFraming,
};
