import { expect, it } from 'vitest';
import { modelSettings, usualModels } from '../../models/model-settings.ts';
import { alibabaPictures } from './alibaba-pictures.ts';

const named = (...atOnce: string[]) => modelSettings({ ...usualModels, atOnce });
it.each([
  { model: 'qwen-image-plus', models: modelSettings(usualModels), works: false },
  { model: 'wan2.6-t2i', models: modelSettings(usualModels), works: false },
  { model: 'wan2.2-t2i-flash', models: modelSettings(usualModels), works: true },
  { model: 'qwen-image', models: named('z-image'), works: true },
  { model: 'wan2.2-t2i-flash', models: named('wan2.2'), works: false },
  { model: 'wan3-t2i', models: named(), works: false },
])('$model works in the background: $works', ({ model, models, works }) => {
  expect(alibabaPictures.background?.headers?.(model, models)).toEqual(works ? [['x-dashscope-async', 'enable']] : []);
  expect(alibabaPictures.writeRequest?.({ model, prompt: 'p' }, models)).toMatchObject(works ? { input: { prompt: 'p' } } : { input: { messages: [{ content: [{ text: 'p' }] }] } });
});
