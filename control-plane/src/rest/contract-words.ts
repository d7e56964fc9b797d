/** The word of a refusal in the compatible API. Its table (management-api 3.3) has one for every malformed field, where we tell which rule was broken. */
import type { MessageCode } from '../kernel/words/messages.ts';

const malformed: readonly MessageCode[] = [
  'username_length', 'username_length_setup', 'username_characters', 'password_length', 'password_common', 'email_malformed', 'text_too_long', 'number_range', 'json_malformed', 'address_malformed',
];

const words: Readonly<Partial<Record<MessageCode, string>>> = {
  ...Object.fromEntries(malformed.map((reason) => [reason, 'field_invalid'])),
  value_required: 'invalid_params',
};

export const contractWord = (reason: MessageCode): string => words[reason] ?? reason;
