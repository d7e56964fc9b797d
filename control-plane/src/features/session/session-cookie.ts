/** The cookie `session` (name and life time are the contract's, management-api 2.2). */
import { cookieAttributes, readCookie } from '../../kernel/http/cookies.ts';

const lifeSeconds = 2_592_000;

export const readSessionCookie = (headers: ReadonlyMap<string, string>): string | undefined => readCookie(headers, 'session');

export const sessionCookie = (key: string, headers: ReadonlyMap<string, string>): string => `session=${key}; Max-Age=${lifeSeconds}; ${cookieAttributes(headers)}`;

export const endedCookie = (headers: ReadonlyMap<string, string>): string => `session=; Max-Age=0; ${cookieAttributes(headers)}`;
