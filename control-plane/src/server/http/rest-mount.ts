/** The place where the generated REST façade is hung in. Paths below /api come here before anything else. */
import type { RequestContext } from '../../kernel/context.ts';
import type { HttpAnswer, HttpMessage } from '../../kernel/http/http-message.ts';

/** Answers the route, or undefined when it is none of its own; set-cookie comes from `context.cookies`, added by the caller. */
export type RestMount = (message: HttpMessage, context: RequestContext) => Promise<HttpAnswer | undefined>;
