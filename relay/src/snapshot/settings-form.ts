/** The settings that relays act on, checked. Parts that a picture of an older version on disk lacks have their usual values. */
import { z } from 'zod';
import type { RelayGuards, RelayRouting, RelaySettings } from '../gql/types.gen.ts';
import { usualModels } from '../models/model-settings.ts';
import { modelsForm } from './models-form.ts';

const texts = z.array(z.string().max(2_048)).max(50_000);
const count = z.int().min(0).max(2 ** 31 - 1);
/** `100-199,429`; empty: none. */
const statuses = z.string().max(10_000).regex(/^(\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*)?$/);

export const usualRouting: RelayRouting = Object.freeze({
  retryStatuses: '100-199,300-399,401-407,409-499,500-503,505-523,525-599', autoGroups: ['default'],
  disableChannels: false, disableStatuses: '401', disableKeywords: [], passThrough: false, affinity: null,
});

export const usualGuards: RelayGuards = Object.freeze({
  sensitiveWords: [], stopOnSensitive: true, modelLimits: [], modelLimitMinutes: 1, shedLoad: true, memoryPercent: 85,
  fetch: Object.freeze({ allowPrivate: false, onlyDomains: false, domains: [], onlyAddresses: false, addresses: [], ports: ['80', '443', '8080', '8443'], addressesOfNames: true }),
});

const routing = z.object({
  retryStatuses: statuses, autoGroups: texts, disableChannels: z.boolean(), disableStatuses: statuses, disableKeywords: texts, passThrough: z.boolean(),
  affinity: z.string().max(300_000).nullish(),
}).optional();

const guards = z.object({
  sensitiveWords: texts, stopOnSensitive: z.boolean().default(true), modelLimits: z.array(z.object({ group: z.string().max(512), total: count, success: count })).max(10_000),
  modelLimitMinutes: z.int().min(1).max(1_440), shedLoad: z.boolean(), memoryPercent: z.int().min(1).max(100),
  fetch: z.object({ allowPrivate: z.boolean(), onlyDomains: z.boolean(), domains: texts, onlyAddresses: z.boolean(), addresses: texts, ports: texts, addressesOfNames: z.boolean() }),
}).optional();

export const settingsForm = z.object({
  quotaPerUnit: z.int().min(1).max(1_000_000_000), retryTimes: count, preConsumedQuota: count,
  selfUse: z.boolean(), strictHold: z.boolean(), privateUpstreams: z.array(z.string().max(512).regex(/\S/, 'must not be blank')).max(10_000),
  routing, guards, models: modelsForm.optional(), legacyErrors: z.boolean().default(false), freeNeedsBalance: z.boolean().default(true), pingSeconds: count.default(0),
}).transform((of): RelaySettings => ({ ...of, routing: of.routing ?? usualRouting, guards: of.guards ?? usualGuards, models: of.models ?? usualModels }));
