/** The first set-up: makes the root user, once. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { roles } from '../../kernel/permission.ts';
import { refusal, Refusals } from '../../kernel/words/refusal.ts';
import { OkPayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import { walletOf } from '../ledger/account-name.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal } from '../ledger/movement.ts';
import { StoredOption } from '../option/option.entity.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { isGuessablePassword } from '../user/guessable-password.ts';
import { fitsPassword, hashPassword } from '../user/password.ts';
import { User } from '../user/user.entity.ts';
import { isUsername, lengthOf } from '../user/user-fields.ts';
import { isLocalCaller, isSetupToken } from './setup-permit.ts';
import { Setup } from './setup.entity.ts';
import { SetupMode, type SetupInput, type SetupState } from './setup.type.ts';

const openingCredit = 100_000_000n;

export class SetupService {
  constructor(private readonly ledger: LedgerService, private readonly token: string | undefined) {}

  async state(ctx: RequestContext): Promise<SetupState> {
    const [done, roots] = [await ctx.em.count(Setup, {}), await ctx.em.count(User, { role: roles.root })];
    return { done: done > 0, rootExists: roots > 0, databaseType: 'postgres', tokenNeeded: !isLocalCaller(ctx) };
  }

  async complete(ctx: RequestContext, input: SetupInput): Promise<OkPayload> {
    if ((await ctx.em.count(Setup, {})) > 0) return new OkPayload([refusal(ctx, UserErrorCode.CONFLICT, 'setup_done')]);
    if (!isLocalCaller(ctx) && !isSetupToken(input.token, this.token)) return new OkPayload([refusal(ctx, UserErrorCode.NOT_ALLOWED, 'setup_remote', ['input', 'token'])]);
    const faults = check(ctx, input);
    if (faults.any) return new OkPayload(faults.list);
    const passwordHash = await hashPassword(input.password);
    const won = await ctx.em.transactional((em) => this.write(ctx, em, input, passwordHash));
    return won ? new OkPayload() : new OkPayload([refusal(ctx, UserErrorCode.CONFLICT, 'setup_done')]);
  }

  /** False when another set-up was first: it waits here for the other's end. */
  private async write(ctx: RequestContext, em: EntityManager, input: SetupInput, passwordHash: string): Promise<boolean> {
    const now = ctx.clock.now();
    const rows = await sqlOf(em)('insert into setup (id, completed_at) values (1, $1) on conflict do nothing returning id', [now.toISOString()]);
    if (rows.length === 0) return false;
    this.storeModes(em, input, now);
    // Data brought along from elsewhere may hold a root already: then only the modes are new.
    if ((await em.count(User, { role: roles.root })) === 0) await this.makeRoot(em, input.username, passwordHash, now);
    await em.flush();
    return true;
  }

  private storeModes(em: EntityManager, input: SetupInput, now: Date): void {
    const isSelfUse = input.selfUse ?? input.mode === SetupMode.SELF_USE, isDemo = input.demo ?? input.mode === SetupMode.DEMO;
    if (isSelfUse) em.persist(em.create(StoredOption, { key: 'SelfUseModeEnabled', value: 'true', updatedAt: now }));
    if (isDemo) em.persist(em.create(StoredOption, { key: 'DemoSiteEnabled', value: 'true', updatedAt: now }));
    touch(em, 'settings', 'site');
  }

  private async makeRoot(em: EntityManager, username: string, passwordHash: string, createdAt: Date): Promise<void> {
    const root = em.create(User, { username, displayName: 'Root User', passwordHash, role: roles.root, createdAt });
    await em.persist(root).flush();
    touch(em, 'user', root.id);
    const moved = await this.ledger.credit(em, {
      account: walletOf(root.id), counter: 'system:promo', kind: LedgerKind.GRANT, amount: openingCredit, reference: `setup:user:${root.id}`, reason: 'Set-up',
    });
    if (moved instanceof LedgerRefusal) throw new Error(`The opening credit was refused: ${moved.code}`);
  }
}

function check(ctx: RequestContext, input: SetupInput): Refusals {
  const faults = new Refusals(ctx);
  faults.unless(input.username.length > 0 && lengthOf(input.username) <= 12, 'username_length_setup', ['input', 'username'], UserErrorCode.OUT_OF_RANGE, { min: '1', max: '12' });
  faults.unless(isUsername(input.username), 'username_characters', ['input', 'username']);
  faults.unless(fitsPassword(input.password), 'password_length', ['input', 'password'], UserErrorCode.OUT_OF_RANGE, { min: '8', max: '128' });
  faults.unless(!isGuessablePassword(input.password), 'password_common', ['input', 'password']);
  faults.unless(input.confirmPassword == null || input.confirmPassword === input.password, 'passwords_differ', ['input', 'confirmPassword']);
  return faults;
}
