import 'reflect-metadata';
import { expect, it } from 'vitest';
import { ChannelStatus } from '../channel.entity.ts';
import type { Tried } from '../test/try-channel.ts';
import { verdictOf, type TestRules } from './verdict.ts';

const { ENABLED, DISABLED, AUTO_DISABLED } = ChannelStatus;
const all: TestRules = { disables: true, enables: true, statuses: '401,500-503', keywords: ['credit balance is too low'], slowestMs: 5_000 };
const good: Tried = { model: 'm', ok: true, latencyMs: 120, httpStatus: 200, errorCode: null, message: null };
const bad = (over: Partial<Tried>): Tried => ({ ...good, ok: false, httpStatus: 400, errorCode: 'upstream_rejected', message: 'no', ...over });

it.each<{ name: string; status?: ChannelStatus; autoBan?: boolean; credentials?: number; tried: Tried; rules?: Partial<TestRules>; becomes: ChannelStatus | undefined }>([
  { name: 'a listed status switches it off', tried: bad({ httpStatus: 401 }), becomes: AUTO_DISABLED },
  { name: 'a status in a listed range too', tried: bad({ httpStatus: 502 }), becomes: AUTO_DISABLED },
  { name: 'a keyword in the answer, in any letters', tried: bad({ message: 'Your Credit Balance is too LOW.' }), becomes: AUTO_DISABLED },
  { name: 'a fault of the credential', tried: bad({ errorCode: 'channel:invalid_key', httpStatus: null }), becomes: AUTO_DISABLED },
  { name: 'a slow answer', tried: { ...good, latencyMs: 5_001 }, becomes: AUTO_DISABLED },
  { name: 'another failure does not', tried: bad({}), becomes: undefined },
  { name: 'a failure without a status does not', tried: bad({ httpStatus: null, message: null }), becomes: undefined },
  { name: 'nothing does where errors may not', autoBan: false, tried: bad({ httpStatus: 401 }), becomes: undefined },
  { name: 'nothing does while that is off', rules: { disables: false }, tried: bad({ httpStatus: 401 }), becomes: undefined },
  { name: 'nothing does for one of several credentials', credentials: 2, tried: bad({ httpStatus: 401 }), becomes: undefined },
  { name: 'a slow answer does not without a limit', rules: { slowestMs: undefined }, tried: { ...good, latencyMs: 60_000 }, becomes: undefined },
  { name: 'a good answer switches on what was switched off by itself', status: AUTO_DISABLED, tried: good, becomes: ENABLED },
  { name: 'a slow one does not', status: AUTO_DISABLED, tried: { ...good, latencyMs: 9_000 }, becomes: undefined },
  { name: 'none does while that is off', status: AUTO_DISABLED, rules: { enables: false }, tried: good, becomes: undefined },
  { name: 'what a person switched off stays off', status: DISABLED, tried: good, becomes: undefined },
])('$name', ({ status = ENABLED, autoBan = true, credentials = 1, tried, rules, becomes }) => {
  expect(verdictOf({ status, autoBan }, credentials, tried, { ...all, ...rules })?.status).toBe(becomes);
});
