/** `node migrate.js`: brings DATABASE_URL to the newest migration and ends. */
import { readConfig } from '../config.ts';
import { migrate } from './orm.ts';

const config = readConfig({ WEIR_MASTER_KEY: Buffer.alloc(32).toString('base64'), REDIS_URL: 'redis://unused', ...process.env });
if ('faults' in config) throw new Error(config.faults.join('\n'));
await migrate(config.databaseUrl);
