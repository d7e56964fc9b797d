/**
 * Every way in which an exchange can go wrong. The code is what clients, metrics, logs and traces see: a rename is a breaking
 * change. Codes and statuses: relay-api 3, semantics 2.5, reliability-security appendix C.
 */
import type { Entry } from './failure.ts';

export const catalogue = {
  // The caller
  invalid_request: { status: 400, blame: 'caller', retry: 'never', say: 'The request is not valid.' },
  bad_request_body: { status: 400, blame: 'caller', retry: 'never', say: 'The body is not valid JSON.' },
  read_request_body_failed: { status: 413, blame: 'caller', retry: 'never', say: 'The body is larger than this endpoint takes.' },
  headers_too_large: { status: 431, blame: 'caller', retry: 'never', say: 'The headers are too large.' },
  invalid_api_key: { status: 401, blame: 'caller', retry: 'never', say: 'This API key is not valid.' },
  token_expired: { status: 401, blame: 'caller', retry: 'never', say: 'This API key has expired.' },
  access_denied: { status: 403, blame: 'caller', retry: 'never', say: 'This API key may not do that.' },
  insufficient_user_quota: { status: 403, blame: 'caller', retry: 'never', say: 'The balance cannot cover this request.' },
  pre_consume_token_quota_failed: { status: 403, blame: 'caller', retry: 'never', say: 'The quota of this API key cannot cover this request.' },
  model_price_error: { status: 400, blame: 'caller', retry: 'never', say: 'This model has no price. Ask the operator to set one.' },
  invalid_url: { status: 404, blame: 'caller', retry: 'never', say: 'There is nothing at this address.' },
  sensitive_words_detected: { status: 400, blame: 'caller', retry: 'never', say: 'The prompt has words that are not allowed here.' },
  rate_limit_exceeded: { status: 429, blame: 'caller', retry: 'never', say: 'You have made as many requests as you may; try again later.' },
  loop_detected: { status: 508, blame: 'caller', retry: 'never', say: 'This request has come through this gateway too often already.' },
  unknown_model: { status: 404, blame: 'caller', retry: 'never', say: 'There is no such model.' },
  convert_request_failed: { status: 400, blame: 'caller', retry: 'never', say: 'This request cannot be expressed for the provider of the model.' },
  client_gone: { status: 499, blame: 'caller', retry: 'never', say: 'The client left.' },

  api_not_implemented: { status: 501, blame: 'caller', retry: 'never', say: 'API not implemented' },

  // Ourselves
  model_not_found: { status: 503, blame: 'relay', retry: 'never', say: 'No channel serves this model now.' },
  quota_authority_unavailable: { status: 503, blame: 'relay', retry: 'never', say: 'The quota cannot be checked now; try again shortly.' },
  billing_backpressure: { status: 503, blame: 'relay', retry: 'never', say: 'Too many charges wait to be recorded; try again shortly.' },
  config_stale: { status: 503, blame: 'relay', retry: 'never', say: 'This relay has no current configuration; try again shortly.' },
  upload_not_held: { status: 503, blame: 'relay', retry: 'never', say: 'The form cannot be kept now; try again shortly.' },
  system_cpu_overloaded: { status: 503, blame: 'relay', retry: 'never', say: 'This relay has more to do than it can; try again shortly.' },
  system_memory_overloaded: { status: 503, blame: 'relay', retry: 'never', say: 'This relay is short of memory; try again shortly.' },
  draining: { status: 503, blame: 'relay', retry: 'never', say: 'This relay is shutting down; try again.' },
  internal: { status: 500, blame: 'relay', retry: 'never', say: 'Something went wrong on our side.' },

  // The upstream
  do_request_failed: { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The provider could not be reached.' },
  upstream_timeout_connect: { status: 504, blame: 'upstream', retry: 'other-channel', say: 'The provider did not accept a connection in time.' },
  upstream_timeout_first_byte: { status: 504, blame: 'upstream', retry: 'never', say: 'The provider did not begin to answer in time.' },
  upstream_timeout_idle: { status: 504, blame: 'upstream', retry: 'never', say: 'The provider fell silent.' },
  bad_response_status_code: { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The provider refused the request.' },
  bad_response_body: { status: 502, blame: 'upstream', retry: 'never', say: 'The answer of the provider could not be read.' },
  empty_response: { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The provider sent an empty answer.' },
  answer_cut: { status: 502, blame: 'upstream', retry: 'never', say: 'The answer broke off.' },
  'channel:no_available_key': { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The channel has no usable credential.' },
  'channel:invalid_key': { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The provider refused the credential of the channel.' },
  'channel:not_served': { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The channel does not offer this endpoint.' },
  'channel:override_invalid': { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The overrides of the channel cannot be read.' },
  'channel:model_mapped_error': { status: 502, blame: 'upstream', retry: 'other-channel', say: 'The model mapping of the channel runs in a circle.' },
} as const satisfies Record<string, Entry>;

export type FailureCode = keyof typeof catalogue;
