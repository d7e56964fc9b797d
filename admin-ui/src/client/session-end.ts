/** A session that ended (elsewhere, by an administrator, by time) shows on the next answer: then the sign-in page comes up. */
import { mapExchange } from 'urql';

export const sessionEnded = new EventTarget();

export const sessionEndExchange = mapExchange({
  onError(error) {
    const ended = error.graphQLErrors.some((one) => one.extensions.code === 'UNAUTHENTICATED');
    if (ended) sessionEnded.dispatchEvent(new Event('ended'));
  },
});
