import { endpoint } from './endpoint.ts';
import { checkPicture, imageEstimate, imageMembers, imageUnits } from './image-price.ts';
import { LargeEventsWatch } from './large-events.ts';

const answer = { whole: ['data'], made: 'data' } as const;

/** `POST /v1/images/generations` */
export const imageGenerations = endpoint({
  name: 'image-generations',
  path: '/v1/images/generations',
  once: true,
  defaultModel: 'dall-e-2',
  members: ['prompt', ...imageMembers],
  check: (found) => {
    found.require('prompt');
    checkPicture(found);
  },
  units: imageUnits,
  estimate: imageEstimate,
  answer,
  watchStream: (usage) => new LargeEventsWatch(['image_generation.completed'], usage, true),
  streamEnd: 'image_generation.completed',
});

const form = { only: false, estimate: imageEstimate } as const;

/** `POST /v1/images/edits`: JSON with addresses or base64, or a form with files. */
export const imageEdits = endpoint({
  name: 'image-edits',
  path: '/v1/images/edits',
  once: true,
  defaultModel: 'gpt-image-1',
  members: ['prompt', 'image', 'images', 'image[]', ...imageMembers],
  check: (found) => {
    found.require('prompt');
    if (!found.span('images') && !found.span('image[]')) found.require('image');
    checkPicture(found);
  },
  units: imageUnits,
  estimate: imageEstimate,
  answer,
  form,
  watchStream: (usage) => new LargeEventsWatch(['image_edit.completed'], usage, true),
  streamEnd: 'image_edit.completed',
});

/** `POST /v1/images/variations` */
export const imageVariations = endpoint({
  name: 'image-variations',
  path: '/v1/images/variations',
  once: true,
  defaultModel: 'dall-e-2',
  members: ['image', ...imageMembers],
  check: (found) => {
    found.require('image');
    checkPicture(found);
  },
  units: imageUnits,
  estimate: imageEstimate,
  answer,
  form: { ...form, only: true },
});
