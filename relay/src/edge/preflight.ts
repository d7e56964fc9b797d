/** What a browser asks before a page may call (SES-04): any page may, with any header, and never with credentials of its own. */
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';

const names = /^[\w!#$%&'*+.^`|~\-, ]{1,2048}$/;
const daySeconds = '86400';

export const isPreflight = (request: HttpRequest): boolean => request.getHeader('origin') !== '' && request.getHeader('access-control-request-method') !== '';

export function answerPreflight(response: HttpResponse, request: HttpRequest): void {
  const asked = request.getHeader('access-control-request-headers');
  response.cork(() => {
    response.writeStatus('204 No Content')
      .writeHeader('access-control-allow-origin', '*')
      .writeHeader('access-control-allow-methods', 'GET, POST, DELETE')
      // `*` would leave out the header with the key.
      .writeHeader('access-control-allow-headers', names.test(asked) ? asked : 'authorization, content-type')
      .writeHeader('access-control-max-age', daySeconds)
      .writeHeader('vary', 'access-control-request-headers');
    response.endWithoutBody();
  });
}
