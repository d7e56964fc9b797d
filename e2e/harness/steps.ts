/** What an operator does first, over GraphQL: set up, sign in, add a channel, make a token. Refusals throw. */
import type { ControlClient } from './control-client.ts';
import type { House } from './house.ts';

interface Payload { userErrors: { message: string }[] }

/** Throws when the payload holds refusals: in these steps there is nothing to refuse. */
function accepted<T extends Payload>(payload: T): T {
  if (payload.userErrors.length) throw new Error(`refused: ${payload.userErrors.map((error) => error.message).join('; ')}`);
  return payload;
}

export const rootLogin = { username: 'root', password: 'correct-horse-battery' };

/** Makes the root user, lets channels point to this machine, and returns the signed-in client. */
export async function setUp(house: House): Promise<ControlClient> {
  const client = house.newClient();
  const made = await client.query<{ setupComplete: Payload }>('mutation ($input: SetupInput!) { setupComplete(input: $input) { userErrors { message } } }', { input: rootLogin });
  accepted(made.setupComplete);
  await signIn(client);
  await setOption(client, 'upstream.private_allowlist', '127.0.0.1/32');
  return client;
}

export async function setOption(client: ControlClient, key: string, value: string): Promise<void> {
  const done = await client.query<{ optionsUpdate: Payload }>('mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { userErrors { message } } }', { input: [{ key, value }] });
  accepted(done.optionsUpdate);
}

export async function signIn(client: ControlClient): Promise<void> {
  const done = await client.query<{ sessionCreate: Payload }>('mutation ($input: LoginInput!) { sessionCreate(input: $input) { userErrors { message } } }', { input: rootLogin });
  accepted(done.sessionCreate);
}

/** Type numbers of the contract: 1 is OpenAI, 14 Anthropic. */
export interface ChannelPlan { name: string; type: number; baseUrl: string; models: string[]; credentials?: string[]; priority?: number; weight?: number; modelMapping?: string }

export async function addChannel(client: ControlClient, plan: ChannelPlan): Promise<string> {
  const done = await client.query<{ channelCreate: Payload & { channels: { id: string }[] } }>(
    'mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { channels { id } userErrors { message } } }', { input: { credentials: [`mock-${plan.name}`], ...plan } });
  return accepted(done.channelCreate).channels[0]!.id;
}

export async function changeChannel(client: ControlClient, id: string, input: Record<string, unknown>): Promise<void> {
  const done = await client.query<{ channelUpdate: Payload }>('mutation ($id: ID!, $input: ChannelPatch!) { channelUpdate(id: $id, input: $input) { userErrors { message } } }', { id, input });
  accepted(done.channelUpdate);
}

export interface MadeToken { id: string; key: string }

export async function makeToken(client: ControlClient, input: Record<string, unknown>): Promise<MadeToken> {
  const done = await client.query<{ tokenCreate: Payload & { key: string; token: { id: string } } }>(
    'mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { key token { id } userErrors { message } } }', { input });
  const { key, token } = accepted(done.tokenCreate);
  return { id: token.id, key };
}

export async function changeToken(client: ControlClient, id: string, input: Record<string, unknown>): Promise<void> {
  const done = await client.query<{ tokenUpdate: Payload }>('mutation ($id: ID!, $input: TokenPatch!) { tokenUpdate(id: $id, input: $input) { userErrors { message } } }', { id, input });
  accepted(done.tokenUpdate);
}
