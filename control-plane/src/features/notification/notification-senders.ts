/** How a notification leaves: by mail, or over HTTP to where the user said. */
import { createHmac } from 'node:crypto';
import { EgressFailure, type Egress, type EgressRequest } from '../egress/egress.ts';
import { mailOf } from '../mail/mail-texts.ts';
import type { Mailer } from '../mail/mailer.ts';
import { NotifyChannel } from './notify-setting.entity.ts';

/** Settings as they are used: secrets open. */
export interface Recipient {
  channel: NotifyChannel;
  email: string;
  webhookUrl: string;
  webhookSecret: string;
  barkUrl: string;
  gotifyUrl: string;
  gotifyToken: string;
  gotifyPriority: number;
}

export interface Outgoing {
  /** As webhooks know it. */
  type: string;
  title: string;
  content: string;
  values: string[] | null;
  /** Seconds since 1970. */
  timestamp: number;
}

export class NotificationSenders {
  constructor(private readonly mailer: Mailer, private readonly egress: Egress) {}

  /** False when it did not arrive. What the other side said is not kept. */
  async send(to: Recipient, message: Outgoing): Promise<boolean> {
    if (to.channel === NotifyChannel.EMAIL) return to.email !== '' && (await this.mailer.send(mailOf(to.email, message.title, [message.content]))) === undefined;
    const asked = requestOf(to, message);
    if (!asked) return false;
    const answer = await this.egress.request({ ...asked, chosenBy: 'user', mostBytes: 65_536 });
    return !(answer instanceof EgressFailure) && answer.status >= 200 && answer.status < 300;
  }
}

type Asked = Omit<EgressRequest, 'chosenBy'>;

function requestOf(to: Recipient, message: Outgoing): Asked | undefined {
  if (to.channel === NotifyChannel.WEBHOOK) return to.webhookUrl ? webhook(to, message) : undefined;
  if (to.channel === NotifyChannel.BARK) return to.barkUrl ? { url: filled(to.barkUrl, message) } : undefined;
  return to.gotifyUrl ? gotify(to, message) : undefined;
}

function webhook({ webhookUrl, webhookSecret }: Recipient, { type, title, content, values, timestamp }: Outgoing): Asked {
  const body = JSON.stringify({ type, title, content, values, timestamp });
  return { url: webhookUrl, method: 'POST', body, headers: { 'content-type': 'application/json', ...(webhookSecret && { 'x-webhook-signature': signWebhook(webhookSecret, body) }) } };
}

export const signWebhook = (secret: string, body: string): string => createHmac('sha256', secret).update(body).digest('hex');

const filled = (url: string, { title, content }: Outgoing): string => url.replaceAll('{{title}}', encodeURIComponent(title)).replaceAll('{{content}}', encodeURIComponent(content));

/** The token travels in a header: addresses end up in logs. */
const gotify = ({ gotifyUrl, gotifyToken, gotifyPriority }: Recipient, { title, content }: Outgoing): Asked => ({
  url: `${gotifyUrl.replace(/\/+$/, '')}/message`, method: 'POST', headers: { 'content-type': 'application/json', 'x-gotify-key': gotifyToken },
  body: JSON.stringify({ title, message: content, priority: gotifyPriority }),
});
