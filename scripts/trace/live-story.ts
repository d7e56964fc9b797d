import { reachable } from '../start/processes.ts';

/** Workers share the port: each connection may reach another one. */
const mostTries = 32;

/**
 * What the relay on this machine remembers of a request: how long each of its steps took. It keeps the last few hundred.
 *
 * @param id the request's id, or at least four characters of its end
 * @returns undefined when no relay answers, or none remembers it
 */
export async function liveStory(id: string, host: string, port: number): Promise<string | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    const answer = await fetch(`http://${reachable(host)}:${port}/internal/trace/${encodeURIComponent(id)}`, { headers: { connection: 'close' } }).catch(() => undefined);
    if (!answer) return undefined;
    const text = await answer.text();
    if (answer.ok) return text;
  }
  return undefined;
}
