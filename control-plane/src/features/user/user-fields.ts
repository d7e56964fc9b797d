/** What a user's fields may hold (semantics 8.1). */

/** No white space, no @ (that is how an e-mail address is told from a name), no control characters. */
export const isUsername = (text: string): boolean => !/[\s@\p{C}]/u.test(text);

export const isEmail = (text: string): boolean => text === '' || (text.length <= 50 && /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text));

/** Characters as people count them, nearly: code points. */
export const lengthOf = (text: string): number => Array.from(text).length;
