/** The contract's table of endpoints, as far as tests read it. Origin: fixtures/endpoints/README.md. */
import { readFileSync } from 'node:fs';

export type Level = 'public' | 'optional-user' | 'user' | 'admin' | 'root' | 'token' | 'webhook';

export interface Endpoint {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  path_aliases: string[];
  auth: Level;
  secure_verification: boolean;
  query: { name: string; required: boolean }[];
  body: { fields: { name: string; type: string; required: boolean; enum: (string | number)[] | null }[] };
  response: { envelope: 'success-message-data' | 'raw'; shape: unknown };
  errors: { status: number; when: string }[];
}

export const endpoints = JSON.parse(readFileSync(new URL('../../../fixtures/endpoints/management.json', import.meta.url), 'utf8')) as Endpoint[];
