import { endpoint, type Endpoint } from '../endpoints/endpoint.ts';
import { queryValue } from '../pipeline/entry/key-forms.ts';

/** `GET /v1/realtime?model=…`: what routing and prices need of it. There is no body; the frames are read in `session.ts`. */
export const realtimeSurface: Endpoint = {
  ...endpoint({
    name: 'realtime',
    path: '/v1/realtime',
    members: [],
    check: () => undefined,
    modelIn: ({ query }) => queryValue(query, 'model') || undefined,
    estimate: () => 0,
    answer: { whole: [] },
  }),
  clientHeaders: [],
  callPath: ({ model }) => `/v1/realtime?model=${encodeURIComponent(model)}`,
};
