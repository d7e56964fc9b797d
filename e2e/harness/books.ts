/** What the database says about money and log, read past all of our own code. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../../scripts/root.ts';

export interface LogRecord {
  requestId: string;
  label: string | null;
  type: number;
  quota: number;
  promptTokens: number;
  completionTokens: number;
  platformLoss: number;
  outcome: string;
  source: string;
  end: string;
  failure: string | null;
}
export interface AccountRecord { balance: number; leased: number; entries: number }

const logQuery = `select "request_id" as "requestId", "detail"->>'clientRequestId' as "label", "type", "quota"::float8 as "quota", "prompt_tokens" as "promptTokens",
  "completion_tokens" as "completionTokens", ("detail"->>'platformLoss')::float8 as "platformLoss", "detail"->>'outcome' as "outcome",
  "detail"->>'source' as "source", "detail"->>'end' as "end", "failure" from "log" where "request_id" is not null order by "seq"`;

export class Books {
  readonly #databaseUrl: string;
  constructor(databaseUrl: string) { this.#databaseUrl = databaseUrl; }

  /** A connection for each question: the database may have been killed since the last one. */
  async ask<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.#databaseUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});                        // the query's own rejection says it
    await client.connect();
    try {
      return (await client.query<T>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  log(): Promise<LogRecord[]> { return this.ask<LogRecord & pg.QueryResultRow>(logQuery); }

  /** The account's columns beside the sum of its entries: equal unless something is wrong. */
  async account(name: string): Promise<AccountRecord> {
    const [row] = await this.ask<AccountRecord & pg.QueryResultRow>(`select "balance"::float8 as "balance", "leased"::float8 as "leased",
      (select coalesce(sum("amount"), 0)::float8 from "ledger_entry" where "account" = "account"."name") as "entries" from "account" where "name" = $1`, [name]);
    if (!row) throw new Error(`there is no account ${name}`);
    return row;
  }
}

/** Runs the auditor command on the house's database. */
export function audit(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(root, 'control-plane/dist/release/audit.js')], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
  return new Promise((resolve) => { child.once('close', (code) => resolve({ code, output })); });
}
