/** `Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.sk-…, openai-beta.realtime-v1` (relay-api 2 and 8). */
const keyPrefix = 'openai-insecure-api-key.';
const beta = 'openai-beta.realtime-v1';

const offered = (header: string): string[] => header.split(',').map((each) => each.trim()).filter(Boolean);

/** The key that browsers can put nowhere else; empty: none. */
export const offeredKey = (header: string): string => offered(header).find((each) => each.startsWith(keyPrefix))?.slice(keyPrefix.length) ?? '';

/** The one that the answer names: never the one with the key, or it would come back to who may see answers. Empty: none. */
export function chosenProtocol(header: string): string {
  const all = offered(header);
  return ['realtime', beta].find((each) => all.includes(each)) ?? '';
}

/** The client speaks the preview form of the protocol. */
export const wantsBeta = (header: string, openaiBeta: string): boolean => offered(header).includes(beta) || openaiBeta.includes('realtime=v1');
