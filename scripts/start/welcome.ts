/** The last lines of a start: where everything is, and what to do next. */
import { reachable } from './processes.ts';
import type { Settings } from './settings.ts';

/** Whether this instance has its first user; asked of the control plane, which alone knows. */
async function isSetUp(consoleUrl: string): Promise<boolean> {
  const answer = await fetch(`${consoleUrl}/api/setup`);
  const body = (await answer.json()) as { data?: { status?: boolean } };
  return body.data?.status === true;
}

export async function welcome(settings: Settings, setupToken: string, services: string): Promise<void> {
  const host = reachable(settings.host);
  const consoleUrl = `http://${host}:${settings.controlPort}`, relayUrl = `http://${host}:${settings.relayPort}`;
  const setUp = await isSetUp(consoleUrl).catch(() => false);
  console.log(`
Weir is running.

  console   ${consoleUrl}
  relay     ${relayUrl}/v1   (base URL for OpenAI clients; Anthropic clients take ${relayUrl})
  data      ${settings.dataFolder}   (${services})
`);
  console.log(setUp
    ? `Next: sign in at ${consoleUrl}. Ctrl-C stops everything.`
    : `Next: make the first user, at this link (it works once, until someone has):\n\n  ${consoleUrl}/setup?token=${setupToken}\n\nThen add a channel and a token there. Ctrl-C stops everything.`);
}
