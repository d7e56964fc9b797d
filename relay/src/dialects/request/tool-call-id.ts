import { hash } from 'node:crypto';

const legal = /^[A-Za-z0-9_-]{1,64}$/;
const short = (text: string): string => `call_${hash('sha256', text).slice(0, 24)}`;

/** Ids pass unchanged where the target takes them; else the same short one stands for it in call and result (dialects 4.3). */
export const legalCallId = (id: string): string => (legal.test(id) ? id : short(id));

/** For upstreams that forget an id: the same answer gives the same one. */
export const missingCallId = (answerId: string, index: number): string => short(`${answerId}#${index}`);
