import { v7 as uuid } from 'uuid';

/** The caller's X-Request-Id when it is short and harmless, else a new one. */
export const requestIdOf = (headers: ReadonlyMap<string, string>): string => {
  const given = headers.get('x-request-id');
  return given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : `req_${uuid().replaceAll('-', '')}`;
};
