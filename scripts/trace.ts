/** `pnpm trace <request id>`: what happened to one of the last requests, told by the relay that served it. Runs on its machine. */
import { reachable } from './start/processes.ts';

/** Workers share the port: each connection may reach another one. */
const mostTries = 64;

async function storyOf(id: string, origin: string): Promise<string | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    const answer = await fetch(`${origin}/internal/trace/${encodeURIComponent(id)}`, { headers: { connection: 'close' } });
    const text = await answer.text();
    if (answer.ok) return text;
  }
  return undefined;
}

const [id] = process.argv.slice(2);
const { WEIR_HOST = '127.0.0.1', WEIR_RELAY_PORT = '8080' } = process.env;
const origin = `http://${reachable(WEIR_HOST)}:${WEIR_RELAY_PORT}`;

if (!id || id.startsWith('-')) {
  console.error('usage: pnpm trace <request id>     the id is in the header X-Oneapi-Request-Id and in each error; its last characters are enough');
  process.exitCode = 2;
} else {
  const story = await storyOf(id, origin).catch(() => `No relay answers at ${origin} (WEIR_HOST, WEIR_RELAY_PORT).\n`);
  process.stdout.write(story ?? `No relay at ${origin} remembers ${id}: it keeps its last few hundred requests.\n`);
}
