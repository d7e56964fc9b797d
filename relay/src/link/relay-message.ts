import { z } from 'zod';
import type { RelayMessage } from '../gql/types.gen.ts';

const quota = z.string().regex(/^-?\d{1,19}$/);
const count = z.int().min(0);
const name = z.string().min(1).max(200);
/** A nonce becomes part of a channel name. */
const nonce = z.string().regex(/^[\w-]{1,64}$/);

const grant = z.object({
  account: name,
  available: quota,
  granted: quota,
  leaseId: name.nullish(),
  refusal: z.enum(['FROZEN', 'INSUFFICIENT', 'STALE_EPOCH', 'UNKNOWN_ACCOUNT']).nullish(),
});

const message = z.object({
  ack: z.object({ epoch: count, sequence: count }).nullish(),
  lease: z.object({ nonce, lifeMs: count, grants: z.array(grant), renewed: z.array(name) }).nullish(),
  probe: z.object({ nonce, channelId: count, model: name, endpoint: z.enum(['ANTHROPIC', 'EMBEDDINGS', 'GEMINI', 'IMAGE_GENERATION', 'JINA_RERANK', 'OPENAI', 'OPENAI_RESPONSE']).nullish(), askedAt: count }).nullish(),
  inquiry: z.object({
    nonce, question: z.enum(['BALANCE', 'MODELS']), type: z.int(), baseUrl: z.string().max(2_048).nullish(),
    extra: z.object({ other: z.string(), organization: z.string(), settings: z.string() }), envelope: z.string().max(65_536), proxyEnvelope: z.string().max(65_536).nullish(), askedAt: count,
  }).nullish(),
  figures: z.object({
    nonce, unlimited: z.boolean(), remaining: quota, used: quota, quotaPerUnit: count, display: name, rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/), since: count, expiresAt: count.nullish(),
    days: z.array(z.object({ name, quota })), models: z.array(z.object({ name: z.string().max(1_000), quota })),
  }).nullish(),
  recall: z.array(name).nullish(),
}).refine((parts) => Object.values(parts).filter((part) => part !== null && part !== undefined).length === 1, 'exactly one member must be set');

/** Undefined when the text is no message of 0002. */
export function readRelayMessage(json: string): RelayMessage | undefined {
  try {
    return message.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;                                    // whoever reads it counts it as dropped
  }
}
