/** `pnpm trace REQUEST-ID` (or its beginning): tells one request's story, from the relay's memory and the running instance's database. */
import pg from 'pg';
import { databaseUrl } from './start/running-database.ts';
import { readSettings } from './start/settings.ts';
import { liveStory } from './trace/live-story.ts';
import { story, type StoredEntry, type StoredRequest } from './trace/story.ts';

const findRequest = `select "request_id" as "requestId", "created_at" as "at", "dialect", "path", "model", "upstream_model" as "upstreamModel", "status", "failure",
  "duration_ms" as "durationMs", "first_byte_ms" as "firstByteMs", "stream", "token_id" as "tokenId", "token_name" as "tokenName", "group_name" as "groupName",
  "ip", "channel_id" as "channelId", "quota"::text as "quota", "detail" from "log" where "request_id" = $1 or "request_id" like $1 || '%' order by "seq" desc limit 2`;
const findEntries = `select t."kind", e."account", e."amount"::text as "amount" from "ledger_transaction" t join "ledger_entry" e on e."transaction_id" = t."id"
  where t."reference" = $1 order by e."id"`;

async function trace(id: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl(), connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    const [request, another] = (await client.query<StoredRequest>(findRequest, [id])).rows;
    if (!request) return `No request begins with ${id}. A row appears when its charge is settled; it may still be under way.`;
    const entries = (await client.query<StoredEntry>(findEntries, [request.requestId])).rows;
    return story(request, entries) + (another ? `\n\n(There are others that begin with ${id}; this is the latest.)` : '');
  } finally {
    await client.end();
  }
}

const id = process.argv[2];
if (!id || !/^\w[\w.:-]*$/.test(id)) {
  console.log('usage: pnpm trace REQUEST-ID, or its beginning, as the header X-Oneapi-Request-Id of an answer or the log shows it');
  process.exitCode = id === '--help' ? 0 : 1;
} else {
  const { host, relayPort } = readSettings(process.env);
  const live = await liveStory(id, host, relayPort);
  if (live) console.log(live);
  await trace(id).then(console.log, (error: unknown) => {
    console.error(`The database does not answer: is Weir running, or DATABASE_URL set? (${error instanceof Error ? error.message : String(error)})`);
    process.exitCode = 1;
  });
}
