import { STATUS_CODES } from 'node:http';

const lines = new Map(Object.entries(STATUS_CODES).map(([code, reason]) => [Number(code), `${code} ${reason}`]));

/** Code and reason, as uWebSockets.js wants it. */
export const statusLine = (status: number): string => lines.get(status) ?? `${status} Unknown`;
