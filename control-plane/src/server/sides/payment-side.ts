/** Money that comes in: orders, gateways and their notices. */
import type { Egress } from '../../features/egress/egress.ts';
import type { LedgerService } from '../../features/ledger/ledger.service.ts';
import type { LogRange } from '../../features/log/insert-logs.ts';
import { SiteSecrets } from '../../features/option/site-secrets.ts';
import { CreemGateway } from '../../features/payment/creem/creem-gateway.ts';
import { creemNotice } from '../../features/payment/creem/creem-notice.ts';
import { EpayGateway } from '../../features/payment/epay/epay-gateway.ts';
import { epayNotices } from '../../features/payment/epay/epay-notice.ts';
import { CheckoutService } from '../../features/payment/order/checkout.service.ts';
import { OrderBooks } from '../../features/payment/order/order-books.ts';
import { TopUpCompleteService } from '../../features/payment/order/top-up-complete.service.ts';
import { TopUpList } from '../../features/payment/order/top-up-list.ts';
import { TopUpMenu } from '../../features/payment/order/top-up-menu.ts';
import { TopUpResolver, ViewerTopUpsResolver } from '../../features/payment/order/top-up.resolver.ts';
import { SitePaymentResolver } from '../../features/payment/site-payment.resolver.ts';
import { StripeGateway } from '../../features/payment/stripe/stripe-gateway.ts';
import { stripeNotice } from '../../features/payment/stripe/stripe-notice.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import type { RawRoute } from '../../kernel/http/raw-route.ts';
import type { Foundation } from '../services.ts';

export interface PaymentParts { ledger: LedgerService; egress: Egress; cursors: Cursors; tellLogs: (logs: LogRange) => void }

export interface PaymentSide { resolvers: object[]; rawRoutes: RawRoute[] }

export function paymentSide({ orm, clock, config: { publicUrl }, secretBox, log }: Foundation, { ledger, egress, cursors, tellLogs }: PaymentParts): PaymentSide {
  const secrets = new SiteSecrets(secretBox), books = new OrderBooks(orm, ledger, clock, tellLogs), list = new TopUpList(cursors);
  const epay = new EpayGateway(orm, secrets), stripe = new StripeGateway(orm, secrets, egress, log), creem = new CreemGateway(orm, secrets, egress), gateways = [epay, stripe, creem];
  return {
    resolvers: [
      new SitePaymentResolver(),
      new TopUpResolver(new CheckoutService(gateways, publicUrl), new TopUpCompleteService(books), list),
      new ViewerTopUpsResolver(list, new TopUpMenu(gateways, publicUrl)),
    ],
    rawRoutes: [...epayNotices({ gateway: epay, books, egress, publicUrl, log }), stripeNotice({ gateway: stripe, books, clock, log }), creemNotice({ gateway: creem, books, log })],
  };
}
