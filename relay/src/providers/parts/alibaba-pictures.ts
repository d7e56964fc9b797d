/** Pictures of DashScope (providers 7.3): newer models answer at once, older ones work in the background. */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import type { Background, ServedAs } from '../../endpoints/served.ts';
import { type ModelSettings, usualModelSettings } from '../../models/model-settings.ts';
import type { Call } from '../provider.ts';
import { givenPictures, openaiOnly, picturesAt } from './pictures.ts';
import { without } from './request-edits.ts';

const services = '/api/v1/services/aigc', atOnce = `${services}/multimodal-generation/generation`;

/** How a model is asked: in the words of a conversation, or as a prompt with its pictures. */
interface Way { readonly path: string; readonly asPrompt: boolean; readonly background: boolean }

type WayOf = (model: string, models: ModelSettings) => Way;

const message: Way = { path: atOnce, asPrompt: false, background: false };

/** The operator names those that answer at once; of the newest it is known. */
function generationWay(model: string, { atOnce: named }: ModelSettings): Way {
  return /^wan(?:2\.[7-9]|[3-9])/.test(model) || named.some((name) => model.startsWith(name)) ? message : { path: `${services}/text2image/image-synthesis`, asPrompt: true, background: true };
}

function editWay(model: string): Way {
  if (/^wan(?:2\.[5-9]|[3-9])/.test(model)) return { path: `${services}/image-generation/generation`, asPrompt: false, background: true };
  return /^(?:wan|flux)/.test(model) ? { path: `${services}/image2image/image-synthesis`, asPrompt: true, background: true } : message;
}

const underWay = new Set(['PENDING', 'RUNNING', 'SUSPENDED']);

/** A task that failed says why in words that `readFailure` knows. */
function tasks(wayOf: WayOf): Background {
  return {
    headers: (model, models) => (wayOf(model, models).background ? [['x-dashscope-async', 'enable']] : []),
    next: ({ output }) => {
      const id = text(member(output, 'task_id')), status = text(member(output, 'task_status')) ?? '';
      const place = `/api/v1/tasks/${encodeURIComponent(id ?? '')}`;
      return id && underWay.has(status) ? { ask: place, stop: `${place}/cancel` } : undefined;
    },
  };
}

const made = picturesAt(({ output }): Json[] => [
  ...list(member(output, 'results')).map((each) => member(each, 'url') ?? null),
  ...list(member(output, 'choices')).flatMap((choice) => list(member(member(choice, 'message'), 'content'))).map((part) => member(part, 'image') ?? null),
]);

function written(request: JsonObject, wayOf: WayOf, models: ModelSettings): JsonObject {
  const { model, prompt, size, n, negative_prompt: unwanted, ...rest } = without(request, ...openaiOnly, 'image', 'images'), { asPrompt } = wayOf(text(model) ?? '', models);
  const pictures = givenPictures(request), pixels = text(size)?.replace('x', '*');
  const parameters = wire({ ...rest, size: pixels === 'auto' ? undefined : pixels, n, ...(asPrompt ? {} : { negative_prompt: unwanted }) });
  if (!asPrompt) return wire({ model, input: { messages: [{ role: 'user', content: [...pictures.map((image) => ({ image })), { text: prompt ?? '' }] }] }, parameters });
  return wire({ model, input: wire({ prompt, negative_prompt: unwanted, images: pictures.length > 0 ? pictures : undefined }), parameters });
}

const served = (wayOf: WayOf): ServedAs => ({
  path: ({ model, models = usualModelSettings }: Call) => wayOf(model, models).path,
  writeRequest: (request, models = usualModelSettings) => written(request, wayOf, models),
  background: tasks(wayOf),
  ...made,
});

export const alibabaPictures = served(generationWay);
export const alibabaEdits = served(editWay);
