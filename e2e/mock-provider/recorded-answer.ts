/** Answers from the recordings in `fixtures/`: the model name `openai/openai-text` is the file `fixtures/openai/openai-text.*`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, JsonObject, Request } from './answer.ts';

const folder = join(import.meta.dirname, 'fixtures');
const read = (file: string): string => readFileSync(file, 'utf8');

function eventsIn(path: string): JsonObject[] | undefined {
  const chunks = `${path}.chunks.txt`, sse = `${path}.sse`;
  if (existsSync(chunks)) return read(chunks).split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line) as JsonObject);
  if (!existsSync(sse)) return undefined;
  const data = read(sse).split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice('data: '.length));
  return data.filter((text) => text !== '[DONE]').map((text) => JSON.parse(text) as JsonObject);
}

/** The recording that a request names; undefined when it names none; text when it exists only in the other form. */
export function recordedAnswer(request: Request, name: string): Answer | string | undefined {
  if (!/^[a-z0-9-]+\/[a-z0-9.-]+$/.test(name)) return undefined;
  const path = join(folder, name);
  const events = eventsIn(path);
  const body = existsSync(`${path}.json`) ? (JSON.parse(read(`${path}.json`)) as JsonObject) : undefined;
  if (!events && !body) return undefined;
  const dialect = name.startsWith('anthropic/') ? 'anthropic-messages' : 'openai-chat';
  if (request.dialect !== dialect) return `the recording ${name} is in another dialect`;
  if (request.stream ? !events : !body) return `the recording ${name} has no ${request.stream ? 'stream' : 'whole body'}`;
  return { events: events ?? [], body: body ?? {} };
}
