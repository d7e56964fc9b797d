/** Something about this machine that its owner can mend: shown as one sentence, without a stack. */
export class Fault extends Error {}

/** All other libraries of the server come with its binaries. */
const packageOf: Record<string, string> = {
  'libstdc++.so.6': 'libstdc++6 (Debian: apt-get install libstdc++6)', 'libgcc_s.so.1': 'libgcc (Debian: apt-get install libgcc-s1)',
};

const known: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [/error while loading shared libraries: ([^:\s]+)/, ([, library]) =>
    `PostgreSQL cannot run here: the library ${library} is missing. Install ${packageOf[library!] ?? 'the package that holds it'}, or set DATABASE_URL to a PostgreSQL of your own.`],
  [/version `(GLIBC\w*_[\d.]+)' not found/, ([, version]) =>
    `PostgreSQL cannot run here: this system is older than ${version}. Set DATABASE_URL to a PostgreSQL of your own.`],
  [/ENOSPC|No space left on device/i, () => 'The disk is full: free some space and start again. Nothing that was stored is lost.'],
  [/EROFS|EACCES.*'([^']*)'/, ([, path]) => `${path || 'The data folder'} cannot be written: give this user the right to, or set WEIR_DATA to another folder.`],
  [/incompatible with server|was initialized by PostgreSQL version (\d+)/, () =>
    'The data folder was made by another version of PostgreSQL: start the version of Weir that made it, or set WEIR_DATA to an empty folder.'],
  [/password authentication failed/, () => 'The database refuses the password: correct DATABASE_URL.'],
  [/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH/, () => 'A service that the environment names does not answer: check DATABASE_URL and REDIS_URL.'],
];

const textOf = (error: unknown): string => error instanceof Error
  ? [(error as NodeJS.ErrnoException).code, error.message, error.cause === undefined ? '' : textOf(error.cause)].join(' ')
  : String(error);

/** One sentence for what went wrong; undefined when it is a bug of ours, which deserves its stack. */
export function sentenceFor(error: unknown): string | undefined {
  if (error instanceof Fault) return error.message;
  const text = textOf(error);
  for (const [pattern, say] of known) {
    const match = pattern.exec(text);
    if (match) return say(match);
  }
  return undefined;
}
