import { createHmac, generateKeyPairSync, hash } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { AccessTokens } from './access-tokens.ts';
import { signAws } from './aws.ts';
import { googleToken, readServiceAccount } from './google.ts';
import type { Post } from './signature.ts';
import { signTencent } from './tencent.ts';
import { xunfeiQuery } from './xunfei.ts';
import { zhipuToken } from './zhipu.ts';

const now = Date.UTC(2026, 10, 20, 10, 30, 15);
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

describe('signAws', () => {
  const url = new URL('https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-v1%3A0/invoke');
  const request = { method: 'POST' as const, url, headers: [['content-type', 'application/json']] as const, body: Buffer.from('{"a":1}') };

  it('signs the path encoded twice, and the very bytes', async () => {
    const headers = new Map(await signAws(request, { accessKey: 'AK', secretKey: 'SK', region: 'us-east-1' }, 'bedrock', now));
    const signed = 'content-type;host;x-amz-content-sha256;x-amz-date', day = '20261120', date = `${day}T103015Z`, digest = hash('sha256', request.body);
    const canonical = ['POST', '/model/anthropic.claude-v1%253A0/invoke', '', 'content-type:application/json', `host:${url.host}`, `x-amz-content-sha256:${digest}`, `x-amz-date:${date}`, '', signed, digest].join('\n');
    const scope = `${day}/us-east-1/bedrock/aws4_request`;
    const key = hmac(hmac(hmac(hmac('AWS4SK', day), 'us-east-1'), 'bedrock'), 'aws4_request');
    const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical)}`).toString('hex');
    expect(headers.get('authorization')).toBe(`AWS4-HMAC-SHA256 Credential=AK/${scope}, SignedHeaders=${signed}, Signature=${signature}`);
    expect(headers.get('x-amz-content-sha256')).toBe(digest);
  });

  it('sends the token of a session, and signs it', async () => {
    const headers = new Map(await signAws(request, { accessKey: 'AK', secretKey: 'SK', sessionToken: 'ST', region: 'eu-west-1' }, 'bedrock', now));
    expect(headers.get('x-amz-security-token')).toBe('ST');
    expect(headers.get('authorization')).toContain('x-amz-date;x-amz-security-token,');
  });
});

it('signs for Tencent what is sent, to the second', () => {
  const body = Buffer.from('{}'), url = new URL('https://hunyuan.tencentcloudapi.com/');
  const headers = new Map(signTencent({ url, body }, { secretId: 'id', secretKey: 'key' }, { service: 'hunyuan', action: 'ChatCompletions', version: '2023-09-01' }, now));
  const seconds = String(now / 1_000), canonical = `POST\n/\n\ncontent-type:application/json\nhost:hunyuan.tencentcloudapi.com\nx-tc-action:chatcompletions\n\ncontent-type;host;x-tc-action\n${hash('sha256', body)}`;
  const text = `TC3-HMAC-SHA256\n${seconds}\n2026-11-20/hunyuan/tc3_request\n${hash('sha256', canonical)}`;
  const signature = hmac(hmac(hmac(hmac('TC3key', '2026-11-20'), 'hunyuan'), 'tc3_request'), text).toString('hex');
  expect(headers.get('authorization')).toBe(`TC3-HMAC-SHA256 Credential=id/2026-11-20/hunyuan/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=${signature}`);
  expect([headers.get('x-tc-action'), headers.get('x-tc-version'), headers.get('x-tc-timestamp')]).toEqual(['ChatCompletions', '2023-09-01', seconds]);
});

it('signs the address for Xunfei', () => {
  const query = new URLSearchParams(xunfeiQuery(new URL('wss://spark-api.xf-yun.com/v3.5/chat'), { apiSecret: 's', apiKey: 'k' }, now));
  const signature = hmac('s', `host: spark-api.xf-yun.com\ndate: ${query.get('date')}\nGET /v3.5/chat HTTP/1.1`).toString('base64');
  expect(query.get('date')).toBe('Fri, 20 Nov 2026 10:30:15 GMT');
  expect(Buffer.from(query.get('authorization') ?? '', 'base64').toString()).toBe(`hmac username="k", algorithm="hmac-sha256", headers="host date request-line", signature="${signature}"`);
});

it('makes the token of Zhipu, in milliseconds', async () => {
  const { payload, protectedHeader } = await jwtVerify(zhipuToken('id', 'secret', now), Buffer.from('secret'), { currentDate: new Date(now) });
  expect(protectedHeader).toEqual({ alg: 'HS256', sign_type: 'SIGN' });
  expect(payload).toEqual({ api_key: 'id', timestamp: now, exp: now + 86_400_000 });
});

describe('tokens of service accounts', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  // As it is pasted from a variable of a shell: the line ends are two characters.
  const json = JSON.stringify({ client_email: 'a@p.iam', private_key: privateKey.replaceAll('\n', '\\n'), private_key_id: 'kid-1', project_id: 'p' });
  let time = now;
  const asked: string[] = [];
  const answers: Post = async (address, contentType, body) => { asked.push(`${address} ${contentType} ${body}`); return { access_token: `t${asked.length}`, expires_in: 3_600 }; };
  const tokens = new AccessTokens(answers, () => time);
  const account = readServiceAccount(json);
  const token = async () => (account ? googleToken(account, tokens.means(new Set())) : undefined);

  it('are asked for with a signed assertion, once for all who wait', async () => {
    expect(await Promise.all([token(), token(), token()])).toEqual(['t1', 't1', 't1']);
    expect(asked).toHaveLength(1);
    const form = new URLSearchParams(asked[0]?.split(' ')[2]);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', await importSPKI(publicKey, 'RS256'), { currentDate: new Date(now) });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'kid-1' });
    expect(payload).toEqual({ iss: 'a@p.iam', scope: 'https://www.googleapis.com/auth/cloud-platform', aud: 'https://oauth2.googleapis.com/token', iat: now / 1_000, exp: now / 1_000 + 3_600 });
  });

  it('are kept, refreshed early without making anyone wait, and fetched anew when refused', async () => {
    time += 3_000_000;
    expect(await token()).toBe('t1');
    time += 400_000;
    expect(await token()).toBe('t1');
    await eventually(async () => expect(await token()).toBe('t2'));
    const used = new Set<string>();
    if (account) await googleToken(account, tokens.means(used));
    tokens.forget(used);
    expect(await token()).toBe('t3');
  });

  it.each(['', '{}', '{"client_email":"a","private_key":"b"}', 'sk-1'])('are not asked for with %j', (text) => expect(readServiceAccount(text)).toBeUndefined());

  it('are not asked for with a key that is none', async () => {
    const broken = readServiceAccount(json.replaceAll(/PRIVATE KEY-----\\\\n.{20}/g, 'PRIVATE KEY-----\\\\nxx'));
    expect(broken && await googleToken(broken, tokens.means(new Set()))).toMatchObject({ code: 'channel:invalid_key' });
  });
});
