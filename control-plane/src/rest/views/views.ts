/** The views that `@rest(view: …)` may name: everything that these files export. */
import type { RestView } from '../view.ts';
import * as channel from './channel.ts';
import * as channelBulk from './channel-bulk.ts';
import * as checkIn from './check-in.ts';
import * as content from './content.ts';
import * as factors from './factors.ts';
import * as identity from './identity.ts';
import * as invite from './invite.ts';
import * as log from './log.ts';
import * as model from './model.ts';
import * as multiKey from './multi-key.ts';
import * as option from './option.ts';
import * as payment from './payment.ts';
import * as priceSync from './price-sync.ts';
import * as pricing from './pricing.ts';
import * as redemption from './redemption.ts';
import * as statistics from './statistics.ts';
import * as status from './status.ts';
import * as system from './system.ts';
import * as task from './task.ts';
import * as token from './token.ts';
import * as user from './user.ts';

const files: Record<string, RestView>[] = [
  channel,
  channelBulk,
  checkIn,
  content,
  factors,
  identity,
  invite,
  log,
  model,
  multiKey,
  option,
  payment,
  priceSync,
  pricing,
  redemption,
  statistics,
  status,
  system,
  task,
  token,
  user,
];

export const views: readonly RestView[] = files.flatMap((file) => Object.values(file));
