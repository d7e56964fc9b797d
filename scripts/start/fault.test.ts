import { expect, it } from 'vitest';
import { Fault, sentenceFor } from './fault.ts';

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

it.each([
  { name: 'a full disk', error: coded('ENOSPC', 'ENOSPC: no space left on device, write'), says: 'The disk is full' },
  { name: 'a full disk that PostgreSQL met', error: new Error('could not extend file "base/1": No space left on device'), says: 'The disk is full' },
  { name: 'a missing library', error: new Error('could not be made: /x/initdb: error while loading shared libraries: libstdc++.so.6: cannot open'), says: 'apt-get install libstdc++6' },
  { name: 'a library that we do not know', error: new Error('postgres: error while loading shared libraries: libfoo.so.1: cannot open'), says: 'libfoo.so.1 is missing. Install the package that holds it' },
  { name: 'an old system', error: new Error("postgres: /lib/libc.so.6: version `GLIBC_2.38' not found"), says: 'older than GLIBC_2.38' },
  { name: 'a folder of another version', error: new Error('FATAL: database files are incompatible with server'), says: 'another version of PostgreSQL' },
  { name: 'a closed folder', error: coded('EACCES', "EACCES: permission denied, mkdir '/root/x'"), says: '/root/x cannot be written' },
  { name: 'a service that is not there', error: coded('ECONNREFUSED', 'connect'), says: 'check DATABASE_URL and REDIS_URL' },
  { name: 'a cause inside', error: new Error('migration failed', { cause: coded('ENOSPC', 'write') }), says: 'The disk is full' },
  { name: 'its own words', error: new Fault('Port 3000 is taken.'), says: 'Port 3000 is taken.' },
])('has a sentence for $name', ({ error, says }) => expect(sentenceFor(error)).toContain(says));

it('leaves a bug its stack', () => expect(sentenceFor(new TypeError('x is not a function'))).toBeUndefined());
