/** Sends mail through the server that the options name. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { readOptions } from '../option/option-values.ts';
import type { SiteSecrets } from '../option/site-secrets.ts';

export interface Mail { to: string; subject: string; text: string; html: string }

export type MailFault = 'mail_unconfigured' | 'mail_failed';

const keys = ['SMTPServer', 'SMTPPort', 'SMTPSSLEnabled', 'SMTPAccount', 'SMTPFrom', 'SMTPForceAuthLogin', 'SystemName'] as const;
const patienceMs = 10_000;

export class Mailer {
  constructor(private readonly orm: MikroORM, private readonly secrets: SiteSecrets, private readonly log: Logger) {}

  /** Resolves when the server has taken the mail; to the reason when it has not. What the server says goes to our log only. */
  async send(mail: Mail): Promise<MailFault | undefined> {
    const sql = sqlOf(this.orm.em.fork()), settings = await this.settings(sql);
    if (!settings) return 'mail_unconfigured';
    const transport = createTransport(settings.server);
    try {
      await transport.sendMail({ ...mail, from: settings.from });
      return undefined;
    } catch (error) {
      this.log.warn({ err: error, server: settings.server.host }, 'mail: the server did not take a mail');
      return 'mail_failed';
    } finally {
      transport.close();
    }
  }

  /** Undefined while no server, or no address to send from, is set. */
  private async settings(sql: Sql) {
    const options = await readOptions(sql, keys), host = options.get('SMTPServer')!, account = options.get('SMTPAccount')!, address = options.get('SMTPFrom') || account;
    if (!host || !address) return undefined;
    const port = Number(options.get('SMTPPort')), password = await this.secrets.read(sql, 'SMTPToken');
    return {
      from: { name: options.get('SystemName')!, address },
      server: {
        host, port, secure: port === 465 || options.get('SMTPSSLEnabled') === 'true',
        ...(account && password && { auth: { user: account, pass: password } }),
        ...(options.get('SMTPForceAuthLogin') === 'true' && { authMethod: 'LOGIN' }),
        connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs,
        // A mail is text that we made: it reads no file and fetches nothing.
        disableFileAccess: true, disableUrlAccess: true,
      },
    };
  }
}
