/** The part of the settings that speaks of single families of models, checked. */
import { z } from 'zod';

const name = z.string().max(512);
const names = z.array(name).max(10_000);
const count = z.int().min(0).max(2 ** 31 - 1);
const millionths = z.int().min(0).max(1_000_000 * 1_000_000);
const texts = z.array(z.object({ name, text: z.string().max(512) })).max(10_000);
const listOf = <Form extends z.ZodType>(form: Form) => z.array(form).max(10_000);

export const modelsForm = z.object({
  verbatim: names,
  responses: z.object({ allChannels: z.boolean(), channels: listOf(count), types: listOf(count), models: names }).nullish(),
  claude: z.object({
    limits: listOf(z.object({ name, count })), thinking: z.boolean(), thinkingShare: millionths,
    headers: listOf(z.object({ model: name, name: name.regex(/^[\w-]+$/), values: z.array(name.regex(/^[\x20-\x7e]*$/)).max(100) })),
  }),
  gemini: z.object({
    safety: texts, versions: texts, pictures: names, thinking: z.boolean(), thinkingShare: millionths, callSignatures: z.boolean(), withoutCallIds: z.boolean(),
  }),
  violationFee: millionths, atOnce: names, toolPrices: listOf(z.object({ name, price: millionths })),
});
