/** One subscription over the tab's socket, by the id of its document as fetch-document.ts does it. */
import type { Client, SubscribePayload } from 'graphql-ws';
import type { SubscriptionForwarder } from 'urql';
import { forgetDocument, idOfDocument, isUnknownDocument } from './document-ids.ts';

type Request = Parameters<SubscriptionForwarder>[0];
type Sink = Parameters<ReturnType<SubscriptionForwarder>['subscribe']>[0];

/** The protocol has no member for an id, and wants the text to be there. */
function payloadOf({ query = '', operationName, variables }: Request): SubscribePayload {
  const documentId = idOfDocument(operationName), rest = { ...(operationName !== undefined && { operationName }), variables: variables as Record<string, unknown> };
  return documentId === undefined ? { query, ...rest } : { query: '', ...rest, extensions: { documentId } };
}

/** Returns the way to end it. */
function begin(client: Client, request: Request, sink: Sink): () => void {
  let stop = client.subscribe(payloadOf(request), {
    next: (value) => sink.next(value as Parameters<typeof sink.next>[0]),
    error: (error) => {
      if (!request.operationName || !isUnknownDocument(error)) return sink.error(error);
      forgetDocument(request.operationName);
      stop = begin(client, request, sink);
    },
    complete: () => sink.complete(),
  });
  return () => stop();
}

export function forwardLive(client: () => Promise<Client>): SubscriptionForwarder {
  return (request) => ({
    subscribe: (sink) => {
      let ended = false, stop = () => {};
      void client().then((one) => { if (!ended) stop = begin(one, request, sink); }, (error: unknown) => sink.error(error));
      return { unsubscribe: () => { ended = true; stop(); } };
    },
  });
}
