/**
 * graphql-js repeats the value that does not fit, which may be a password in the wrong place. This says where it stood
 * and what was expected, without the value.
 */
export function withoutValues(message: string): string {
  const [, name, before, reason] = /^Variable "\$(\w+)" got invalid value (.*); (.*?)$/s.exec(message) ?? [];
  if (name === undefined) return reasonWithoutValue(message);
  const place = / at "([\w.[\]]+)"$/.exec(before!)?.[1] ?? name;
  return `${place}: ${reasonWithoutValue(reason!)}`;
}

const reasonWithoutValue = (reason: string): string => reason
  .replace(/^(\w+) cannot represent .*$/s, '$1 cannot hold this value.')
  .replace(/^Value ".*" does not exist/s, 'This value does not exist')
  .replace(/^(Expected value of type "[^"]+"), found .*$/s, '$1.');
