/** A mail server for tests: takes everything and remembers it. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { sqlOf } from '../database/sql.ts';
import { isOptionKey, specOf } from '../features/option/option-registry.ts';
import { SiteSecrets } from '../features/option/site-secrets.ts';
import type { TestApp } from './test-app.ts';

/** `text` is the decoded plain part of the mail. */
export interface SunkMail { to: string; from: string; subject: string; text: string; raw: string; login: string | undefined }

export interface MailSink {
  mails: SunkMail[];
  port: number;
  /** From now on every mail is refused. */
  refuse(on: boolean): void;
  stop(): Promise<void>;
}

/** Undoes quoted-printable and base64 of the first text part, and encoded words in the subject. */
function read(raw: string): Pick<SunkMail, 'subject' | 'text'> {
  const words = (text: string) => text.replace(/\r\n[ \t]+/g, ' ').replace(/=\?utf-8\?([bq])\?([^?]*)\?=\s*/gi, (_, kind: string, body: string) =>
    (kind.toLowerCase() === 'b' ? Buffer.from(body, 'base64').toString() : printable(body.replaceAll('_', ' '))));
  const [, encoding = '', body = ''] = /Content-Type: text\/plain[^]*?Content-Transfer-Encoding: (\S+)[^]*?\r\n\r\n([^]*?)\r\n(?:--|$)/i.exec(raw) ?? [];
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : encoding === 'quoted-printable' ? printable(body) : body;
  return { subject: words(/^Subject: ([^]*?)\r\n(?![ \t])/mi.exec(raw)?.[1] ?? ''), text: text.replaceAll('\r\n', '\n') };
}

const printable = (text: string): string =>
  Buffer.from(text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString();

export async function openMailSink(): Promise<MailSink> {
  const mails: SunkMail[] = [];
  let refusing = false;
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) => { if (password === 'right') done(null, { user: username }); else done(new Error('wrong password')); },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        if (refusing) return done(new Error('mailbox full'));
        const raw = Buffer.concat(parts).toString(), { mailFrom, rcptTo } = session.envelope;
        mails.push({ to: rcptTo.map(({ address }) => address).join(), from: mailFrom ? mailFrom.address : '', raw, login: session.user, ...read(raw) });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    mails, port: (server.server.address() as AddressInfo).port,
    refuse: (on) => { refusing = on; },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Points the instance at the sink. */
export const useMailSink = (app: TestApp, { port }: MailSink): Promise<void> =>
  setOptions(app, { SMTPServer: '127.0.0.1', SMTPPort: String(port), SMTPAccount: 'weir@mail.example', SMTPToken: 'right' });

/** Stores options as the registry would, without its checks. */
export async function setOptions(app: TestApp, values: Record<string, string>): Promise<void> {
  const sql = sqlOf(app.base.orm.em.fork()), secrets = new SiteSecrets(app.base.secretBox);
  for (const [key, value] of Object.entries(values)) {
    const stored = isOptionKey(key) && specOf(key).secret && value ? secrets.seal(key, value) : value;
    await sql('insert into site_option (key, value, updated_at) values ($1, $2, now()) on conflict (key) do update set value = excluded.value', [key, stored]);
  }
}
