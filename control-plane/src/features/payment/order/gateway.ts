/** What every payment gateway does: say what an order costs, and open a checkout for it. */
import type { Decimal } from 'decimal.js';
import type { MessageCode } from '../../../kernel/words/messages.ts';
import type { User } from '../../user/user.entity.ts';
import type { PaymentSettings } from './payment-settings.ts';
import type { PaymentProvider, StoredCheckout, TopUp } from './top-up.entity.ts';

export interface OrderRequest {
  amount: bigint;
  /** As REST clients name it. */
  method: string;
  productId: string;
}

/** Why an order cannot be made. `input` is the field that is to blame. */
export class OrderRefusal {
  constructor(readonly message: MessageCode, readonly input?: 'amount' | 'method' | 'productId', readonly bounds: { min?: string; max?: string } = {}) {}
}

export interface Priced {
  amount: bigint;
  /** Sum to pay, for people. */
  price: Decimal;
  /** What the order notes as its money. */
  money: Decimal;
  currency: string;
  quota: bigint;
  method: string;
  /** In the smallest unit of the currency; null when only the gateway knows. */
  dueMinor: bigint | null;
}

export interface Opened { checkout: StoredCheckout; gatewayTradeNo?: string; dueMinor?: bigint; currency?: string }

export interface Gateway {
  readonly provider: PaymentProvider;
  isReady(settings: PaymentSettings): Promise<boolean>;
  price(settings: PaymentSettings, user: User, request: OrderRequest): Priced | OrderRefusal;
  /** A new number for an order. */
  newTradeNo(user: User, now: Date): string;
  open(settings: PaymentSettings, user: User, order: TopUp, request: OrderRequest): Promise<Opened | OrderRefusal>;
}

/** Webhook secrets and keys: two at once while one replaces the other (PAY-02). None: the endpoint is closed. */
export const secretsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Larger notices are not read (PAY-01). */
export const largestNotice = 65_536;
