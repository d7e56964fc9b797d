/**
 * What a caller may order from the mock provider, in the model name: parts joined with `+`. The first part may name a
 * recording (`openai/openai-text`) or be `mock/<order>`; all others are orders. `gpt-4o+drip:20ms+no-usage` is one name.
 */
export type Argument = 'none' | 'count' | 'time' | 'size' | 'retry-after';

export const orderTable = {
  'stall-after': ['count', 'writes n frames, then nothing more, with the connection open'],
  'cut-in-frame': ['count', 'resets the connection in the middle of frame n (of the body, when it is not a stream)'],
  'cut-after': ['count', 'resets the connection after n whole frames'],
  'split-utf8': ['none', 'cuts every frame inside its characters'],
  'one-byte': ['none', 'writes each byte alone'],
  'at-once': ['none', 'writes the whole stream in one piece'],
  'crlf': ['none', 'ends its lines with CR LF'],
  'drip': ['time', 'waits that long before each frame'],
  'wait': ['time', 'waits that long before the headers'],
  'no-usage': ['none', 'reports no usage'],
  'usage-twice': ['none', 'reports its usage two times'],
  'zero-usage': ['none', 'reports zero of everything, text or not'],
  'absurd-usage': ['none', 'reports negative input and 9e15 output tokens'],
  'input': ['count', 'reports n input tokens'],
  'output': ['count', 'reports n output tokens'],
  'cached': ['count', 'reports n of the input tokens as read from cache'],
  'words': ['count', 'answers with n words'],
  'ok-status-error-body': ['none', 'answers 200 with an error as its body'],
  'error-in-stream': ['count', 'sends an error event after n frames and ends'],
  'status': ['count', 'answers with that status and an error in its dialect'],
  '429': ['retry-after', 'answers 429, with Retry-After in seconds'],
  'garbage-after-done': ['none', 'sends bytes that mean nothing after the end of the answer'],
  'garbage': ['none', 'answers 200 with bytes that mean nothing'],
  'huge-frame': ['size', 'puts that many bytes of text into one frame'],
  'reset-before-headers': ['none', 'resets the connection without an answer'],
  'reset-once': ['none', 'resets the first connection that asks for this exact body, and answers the next'],
  'pings-forever': ['none', 'sends nothing but comments (or ping events), every 20 ms'],
  'never-answer': ['none', 'takes the request and says nothing'],
  'empty-stream': ['none', 'answers 200 and ends without a byte of body'],
  'no-end': ['none', 'ends the stream without its closing event'],
} as const satisfies Record<string, readonly [Argument, string]>;

export type OrderName = keyof typeof orderTable;
/** Times in milliseconds, sizes in bytes, everything else as given; 1 where an order takes nothing. */
export type Orders = ReadonlyMap<OrderName, number>;
export interface Asked { base: string; orders: Orders }

const scales: Record<string, number> = { ms: 1, s: 1000, b: 1, kb: 1 << 10, mb: 1 << 20, '': 1 };

function argumentOf(kind: Argument, text: string | undefined): number | undefined {
  if (kind === 'none') return text === undefined ? 1 : undefined;
  if (kind === 'retry-after') return text === undefined ? 0 : argumentOf('count', text.replace('retry-after=', ''));
  const match = /^(\d+)(ms|s|b|kb|mb|)$/.exec(text ?? '');
  if (!match || (kind === 'count' && match[2] !== '')) return undefined;
  return Number(match[1]) * scales[match[2]!]!;
}

/** Reads `name:argument`; the text returned instead of an order says what is wrong with it. */
function readOrder(part: string): [OrderName, number] | string {
  const [name, argument] = part.split(/:(.*)/s) as [string, string | undefined];
  if (!(name in orderTable)) return `there is no order "${name}"; there are: ${Object.keys(orderTable).join(', ')}`;
  const [kind] = orderTable[name as OrderName];
  const value = argumentOf(kind, argument);
  return value === undefined ? `the order "${name}" wants ${kind === 'none' ? 'no argument' : `a ${kind}`}, as in --help` : [name as OrderName, value];
}

/** Splits a model name into what is asked for and how it shall go wrong; text: why the name cannot be read. */
export function readModelName(model: string, also = ''): Asked | string {
  const [first = '', ...rest] = model.split('+');
  const isOrder = first.startsWith('mock/') && first !== 'mock/echo';
  const parts = [...(isOrder ? [first.slice('mock/'.length)] : []), ...rest, ...also.split('+').filter(Boolean)];
  const read = parts.map(readOrder);
  const wrong = read.find((order) => typeof order === 'string');
  if (typeof wrong === 'string') return wrong;
  return { base: isOrder ? 'mock/echo' : first, orders: new Map(read as [OrderName, number][]) };
}

export const describeOrders = (): string => Object.entries(orderTable).map(([name, [kind, does]]) => {
  const argument = { none: '', count: ':n', time: ':20ms', size: ':2mb', 'retry-after': ':retry-after=2' }[kind];
  return `  ${(name + argument).padEnd(22)} ${does}`;
}).join('\n');
