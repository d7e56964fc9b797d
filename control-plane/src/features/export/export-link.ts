/** Links to files: signed, for one requester, until the file goes. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Export } from './export.entity.ts';

export const filePath = '/api/export/file';

export class ExportLinks {
  constructor(private readonly key: Buffer) {}

  /** Path and query, below the address of the instance. */
  write(file: Export): string {
    return `${filePath}?${new URLSearchParams({ id: file.globalId, until: String(file.expiresAt.getTime()), signature: this.sign(file) }).toString()}`;
  }

  isFor(file: Export, signature: string): boolean {
    const wanted = Buffer.from(this.sign(file)), given = Buffer.from(signature);
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  }

  private sign({ id, requestedById, keyId, expiresAt }: Export): string {
    return createHmac('sha256', this.key).update(`export/${id}/${requestedById}/${keyId ?? ''}/${expiresAt.getTime()}`).digest('base64url');
  }
}
