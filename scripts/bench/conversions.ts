/**
 * What the dialects cost: the codecs of the built relay alone, without sockets and books, so that pass-through and each of the twelve
 * conversions can be told apart. What the whole relay costs is what the other tables say.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.ts';
import { median } from './table.ts';

const names = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;
type Name = (typeof names)[number];

/** The relay's own modules, as far as they are used here. They come from its build: what is measured is what runs. */
interface Conversion { push(chunk: Buffer): unknown; end(): unknown }
interface Watch { see(chunk: Buffer): void; report(): unknown }
interface Dialect {
  name: Name;
  scan(body: Buffer, address: { path: string; query: string }): unknown;
  readRequest(body: unknown, facts: { model: string; stream: boolean }): object;
  writeRequest(request: object): object;
  watch(options: { stream: boolean }): Watch;
}
interface Relay { dialects: Record<Name, Dialect>; newConversion(from: Dialect, to: Dialect): Conversion }

const built = (path: string): Promise<Record<string, unknown>> => import(pathToFileURL(join(root, 'relay/dist', `${path}.js`)).href) as Promise<Record<string, unknown>>;

/** Below the relay's sources. */
export const relayModules: readonly string[] = [...names.map((name) => `dialects/${name}/dialect`), 'dialects/answer/answer-conversion'];

async function loadRelay(): Promise<Relay> {
  const modules = await Promise.all(relayModules.map(built));
  const all = Object.assign({}, ...modules) as { openaiChat: Dialect; openaiResponses: Dialect; anthropicMessages: Dialect; gemini: Dialect; StreamConversion: new (route: object) => Conversion };
  const writing = { requestId: 'bench', model: 'bench', streamUsage: true, createdAt: 1 };
  return {
    dialects: { 'openai-chat': all.openaiChat, 'openai-responses': all.openaiResponses, 'anthropic-messages': all.anthropicMessages, gemini: all.gemini },
    newConversion: (from, to) => new all.StreamConversion({ from, to, reading: {}, writing }),
  };
}

const word = 'lorem ipsum dolor sit amet ';
/** About 1 KB, as in the other tables. */
const question = word.repeat(34);
const requests: Record<Name, object> = {
  'openai-chat': { model: 'm', stream: true, max_tokens: 500, messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: question }] },
  'openai-responses': { model: 'm', stream: true, max_output_tokens: 500, instructions: 'Be brief.', input: [{ role: 'user', content: question }] },
  'anthropic-messages': { model: 'm', stream: true, max_tokens: 500, system: 'Be brief.', messages: [{ role: 'user', content: question }] },
  gemini: { systemInstruction: { parts: [{ text: 'Be brief.' }] }, contents: [{ role: 'user', parts: [{ text: question }] }], generationConfig: { maxOutputTokens: 500 } },
};

const sse = (event: object): string => `${'type' in event ? `event: ${String(event.type)}\n` : ''}data: ${JSON.stringify(event)}\n\n`;
const piece = word.repeat(2).trim();
const chunk = (delta: object, finish: string | null = null): string =>
  sse({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: null });
const part = (text: string, more: object = {}): string =>
  sse({ candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...more }], usageMetadata: { promptTokenCount: 200, candidatesTokenCount: 50, totalTokenCount: 250 }, modelVersion: 'm', responseId: 'r' });
const place = { output_index: 0, content_index: 0, item_id: 'msg_1' };

/** A stream as each dialect has it: what begins it, one event of text, and what ends it. */
const streams: Record<Name, { begin: string; event: string; end: string }> = {
  'openai-chat': { begin: chunk({ role: 'assistant', content: '' }), event: chunk({ content: piece }), end: `${chunk({}, 'stop')}${sse({ id: 'c', choices: [], usage: { prompt_tokens: 9, completion_tokens: 9 } })}data: [DONE]\n\n` },
  'openai-responses': {
    begin: sse({ type: 'response.created', response: { id: 'resp_1', model: 'm' } }) + sse({ type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'msg_1' } }),
    event: sse({ type: 'response.output_text.delta', ...place, sequence_number: 5, delta: piece, logprobs: [] }),
    end: sse({ type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [], usage: { input_tokens: 9, output_tokens: 9 } } }),
  },
  'anthropic-messages': {
    begin: sse({ type: 'message_start', message: { id: 'msg_1', model: 'm', content: [], usage: { input_tokens: 9 } } }) + sse({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    event: sse({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } }),
    end: sse({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } }) + sse({ type: 'message_stop' }),
  },
  gemini: { begin: part('Well, '), event: part(piece), end: part('', { finishReason: 'STOP' }) },
};

/** CPU µs of this process for each turn; the first turns only warm up. */
function cost(turns: number, work: () => void): number {
  for (let turn = 0; turn < turns / 4; turn++) work();
  const before = process.cpuUsage();
  for (let turn = 0; turn < turns; turn++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / turns;
}

const eventsEach = 200;

function answerCost(events: { begin: Buffer; event: Buffer; end: Buffer }, open: () => { take(bytes: Buffer): void; close(): void }): number {
  return cost(60, () => {
    const answer = open();
    answer.take(events.begin);
    // A copy for each: the relay's own bytes come from a socket.
    for (let count = 0; count < eventsEach; count++) answer.take(Buffer.from(events.event));
    answer.take(events.end);
    answer.close();
  }) / eventsEach;
}

const bytesOf = ({ begin, event, end }: (typeof streams)[Name]) => ({ begin: Buffer.from(begin), event: Buffer.from(event), end: Buffer.from(end) });

interface Row { name: string; request: number[]; event: number[] }

function measure(relay: Relay, client: Name, upstream: Name): { request: number; event: number } {
  const to = relay.dialects[client], from = relay.dialects[upstream], body = Buffer.from(JSON.stringify(requests[client]));
  const address = { path: '/v1beta/models/m:streamGenerateContent', query: 'alt=sse' }, facts = { model: 'm', stream: true };
  const request = cost(1_000, () => {
    to.scan(body, address);
    if (to !== from) JSON.stringify(from.writeRequest(to.readRequest(JSON.parse(body.toString('utf8')), facts)));
  });
  const event = answerCost(bytesOf(streams[upstream]), () => {
    const watch = from.watch({ stream: true }), conversion = to === from ? undefined : relay.newConversion(from, to);
    return { take: (bytes) => { watch.see(bytes); conversion?.push(bytes); }, close: () => { watch.report(); conversion?.end(); } };
  });
  return { request, event };
}

/** Rounds go in turn, the first one only warms up; the table gives medians. The client's dialect stands first. */
export async function conversionTable(rounds = 5): Promise<string> {
  const relay = await loadRelay();
  const rows = names.flatMap((client) => names.map((upstream): Row & { client: Name; upstream: Name } =>
    ({ client, upstream, name: client === upstream ? `${client}, passed through` : `${client} → ${upstream}`, request: [], event: [] })));
  for (let round = 0; round <= rounds; round++) for (const row of rows) {
    const { request, event } = measure(relay, row.client, row.upstream);
    if (round) { row.request.push(request); row.event.push(event); }
  }
  const cells = [['client → upstream', 'CPU µs/request', 'CPU µs/event'], ...rows.map(({ name, request, event }) => [name, median(request).toFixed(1), median(event).toFixed(2)])];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}
