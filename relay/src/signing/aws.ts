/** AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
import { hash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { SignedHeader, Unsigned } from './signature.ts';

export interface AwsKey { readonly accessKey: string; readonly secretKey: string; readonly sessionToken?: string | undefined; readonly region: string }

/** @param now milliseconds since 1970 */
export async function signAws({ method, url, headers, body }: Unsigned, { accessKey, secretKey, sessionToken, region }: AwsKey, service: string, now: number): Promise<SignedHeader[]> {
  const signer = new AwsV4Signer({
    method, url: url.href, service, region, accessKeyId: accessKey, secretAccessKey: secretKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    headers: [...headers.map(([name, value]): [string, string] => [name, value]), ['x-amz-content-sha256', hash('sha256', body)]],
    datetime: new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
    allHeaders: true,
  });
  const signed = await signer.sign();
  return [...signed.headers].filter(([name]) => name === 'authorization' || name.startsWith('x-amz-'));
}
