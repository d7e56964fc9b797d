import { endpoint } from './endpoint.ts';

/** `POST /v1/moderations` */
export const moderations = endpoint({
  name: 'moderations',
  path: '/v1/moderations',
  defaultModel: 'text-moderation-latest',
  members: ['input'],
  check: (found) => found.require('input'),
  answer: { whole: ['results'] },
});
