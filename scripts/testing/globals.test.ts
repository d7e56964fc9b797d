import { expect, it } from 'vitest';
import { testDatabase, withAdmin } from './database.ts';

it('gives each caller a database of its own', async () => {
  const [one, other] = [await testDatabase(), await testDatabase()];
  await withAdmin(one, (sql) => sql('create table only_here (id int)'));
  await expect(withAdmin(other, (sql) => sql('select * from only_here'))).rejects.toThrow('does not exist');
});
