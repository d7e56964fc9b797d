/** SQL for values that look random and are not: they follow from a row's number, so two runs of the same sizes give the same rows. */

/** A fraction from 0 to 1; `salt` gives another one for the same number. A hash of PostgreSQL's own: MD5 took most of the run's time. */
export const fraction = (salt: number, of = 'n'): string => `((hashint4extended(${of}, ${salt}) & 2147483647)::float8 / 2147483648)`;

/** From 1 to `count`, the small ones far more often, as in life. */
export const skewed = (count: number, salt: number): string => `(1 + floor(${count} * ${fraction(salt)} ^ 3)::int)`;

export const upTo = (most: number, salt: number): string => `floor(${fraction(salt)} * ${most})::int`;

export const oneOf = (words: readonly string[], salt: number): string => `(array[${words.map((word) => `'${word}'`).join(', ')}])[1 + floor(${words.length} * ${fraction(salt)})::int]`;

export const daysAgo = (days: number, salt: number): string => `now() - (${fraction(salt)} * ${days}) * interval '1 day'`;

export const series = (count: number, from = 1): string => `generate_series(${from}, ${from + count - 1}) n`;
