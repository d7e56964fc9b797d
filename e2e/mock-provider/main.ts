/** `node e2e/mock-provider/main.ts [--port 4010]`: the mock provider for a person with curl, for `pnpm dev` and for load runs. */
import { parseArgs } from 'node:util';
import { describeOrders } from './orders.ts';
import { startMockProvider } from './server.ts';

const help = `An upstream for development and tests that speaks openai-chat and anthropic-messages.

  node e2e/mock-provider/main.ts [--port 4010] [--host 127.0.0.1]

  POST /v1/chat/completions, /chat/completions     openai-chat, JSON and SSE
  POST /v1/messages                                anthropic-messages, JSON and SSE
  GET /__log, DELETE /__log                        every request received, and what became of it

The model name says what to answer: openai/openai-text is the recording of that name in fixtures/, any other name repeats
the last message and counts one token for each word. Orders follow, joined with "+": gpt-4o+drip:20ms+no-usage; a name
may also begin with one: mock/stall-after:3. In the path they hold for every request: /orders/status:500/v1/messages.

${describeOrders()}
`;

const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' }, host: { type: 'string', default: '127.0.0.1' }, help: { type: 'boolean', default: false } } });
if (values.help) {
  console.log(help);
} else {
  const mock = await startMockProvider({ port: Number(values.port), host: values.host });
  console.log(`mock provider on ${mock.url} (--help lists what it can be asked for)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close());
}
