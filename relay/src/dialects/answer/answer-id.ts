const prefixes = /^(chatcmpl-|msg_|resp_|gen-)/;

/** The upstream's id under the prefix of the client's dialect, so that both ends can be found in each other's logs (dialects 4.3). */
export const answerId = (prefix: 'chatcmpl-' | 'msg_' | 'resp_' | '', id: string, requestId: string): string => prefix + (id === '' ? requestId : id.replace(prefixes, ''));
