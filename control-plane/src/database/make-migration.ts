/** `pnpm migration NAME` runs this against an empty database: all migrations up, then one for what the entities add. */
import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions } from './orm.ts';

const [url, name] = process.argv.slice(2);
if (!url || !name) throw new Error('usage: make-migration DATABASE_URL NAME');
const orm = await MikroORM.init(ormOptions(url));
await orm.migrator.up();
const { fileName } = await orm.migrator.create(undefined, false, false, name);
console.log(fileName ? `written: control-plane/src/migrations/${fileName}` : 'The entities and the migrations agree; nothing to write.');
await orm.close(true);
