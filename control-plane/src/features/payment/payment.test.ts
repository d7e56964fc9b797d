import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { openJsonServer, type JsonServer, type Told } from '../../testing/json-server.ts';
import { setOptions } from '../../testing/mail-sink.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { audit, isClean, printAudit } from '../ledger/auditor.ts';
import { signEpay } from './epay/epay-sign.ts';

let app: TestApp, sql: Sql, user: RestCaller, admin: RestCaller, root: RestCaller, far: JsonServer, callers = 0;
/** What the gateways answer next; undefined: what they usually do. */
let told: Told | undefined;

beforeAll(async () => {
  app = await startTestApp({ WEIR_PUBLIC_URL: 'https://weir.example', WEIR_UPSTREAM_ALLOW: '127.0.0.0/8', WEIR_API_RATE: '0' });
  sql = sqlOf(app.base.orm.em.fork());
  far = await openJsonServer(({ path, body }) => told ?? {
    body: path.startsWith('/v1/checkout/sessions')
      ? { id: 'cs_1', object: 'checkout.session', url: 'https://checkout.example/c/1', amount_subtotal: 800 * Number(new URLSearchParams(body).get('line_items[0][quantity]')), amount_total: 1, currency: 'usd' }
      : { id: 'ch_1', checkout_url: 'https://creem.example/checkout' },
  });
  [user, admin, root] = [await restCaller(app, { email: 'payer@example.com' }), await restCaller(app, { role: 10 }), await restCaller(app, { role: 100 })];
  await setOptions(app, {
    PayAddress: 'https://pay.example', EpayId: '1001', EpayKey: 'old secret', 'payment_setting.amount_discount': '{"100":0.9}',
    StripeApiSecret: 'sk_test_1', StripeWebhookSecret: 'whsec_old whsec_x', StripePriceId: 'price_1', 'stripe.api_url': far.url,
    CreemApiKey: 'creem_1', CreemWebhookSecret: 'creemkey', 'creem.api_url': far.url, CreemProducts: '[{"productId":"prod_1","name":"Small","price":9.99,"currency":"USD","quota":5000000}]',
  });
});
afterAll(async () => {
  far.stop();
  await app.stop();
});
beforeEach(() => { told = undefined; far.asked.length = 0; });

/** Each order from an address of its own: twenty in twenty minutes are enough for one. */
const fresh = () => ({ 'idempotency-key': `order-${++callers}` });
const post = (path: string, body: unknown, headers: Record<string, string> = fresh(), by = user) => by.call('POST', `/api/user/${path}`, body, headers, `198.51.100.${callers % 250}`);
const balance = async (): Promise<number> => Number((await sql<{ balance: string }>('select balance::text from account where name = $1', [`user:${user.principal.userId}`]))[0]?.balance ?? 0);
const orderOf = async (tradeNo: string) => (await sql<Data>('select *, due_minor::text as due from top_up where trade_no = $1', [tradeNo]))[0]!;
const refusal = (reason: string) => ({ status: 200, body: { success: false, message: 'error', data: reason } });

const makers = {
  epay: async () => (await post('pay', { amount: 10, payment_method: 'alipay' })).body.data.out_trade_no as string,
  stripe: async () => { await post('stripe/pay', { amount: 10, payment_method: 'stripe' }); return new URLSearchParams(far.asked.at(-1)!.body).get('client_reference_id')!; },
  creem: async () => (await post('creem/pay', { product_id: 'prod_1', payment_method: 'creem' })).body.data.order_id as string,
};
const epayNotice = (tradeNo: string, over: Record<string, string> = {}, key = 'secret', method = 'GET') => {
  const fields = { pid: '1001', trade_no: `gw-${tradeNo}`, out_trade_no: tradeNo, type: 'alipay', name: 'TUC10', money: '73.00', trade_status: 'TRADE_SUCCESS', ...over };
  const text = new URLSearchParams({ ...fields, sign: signEpay(fields, key), sign_type: 'MD5' }).toString();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.request(method === 'GET' ? { path: `/api/user/epay/notify?${text}` } : { path: '/api/user/epay/notify', method, headers: form, body: text }).then(({ status, body }) => [status, String(body)]);
};
const { webhooks } = new Stripe('unused');
const stripeNotice = (tradeNo: string, over: Data = {}, { type = 'checkout.session.completed', secret = 'whsec_x', at = app.clock.now().getTime() } = {}) => {
  const session = { id: `cs_${tradeNo}`, client_reference_id: tradeNo, customer: 'cus_1', status: 'complete', payment_status: 'paid', amount_subtotal: 8_000, amount_total: 8_000, currency: 'usd', payment_intent: `pi_${tradeNo}`, ...over };
  const body = JSON.stringify({ id: `evt_${tradeNo}`, object: 'event', type, data: { object: session } });
  const signature = webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(at / 1_000) });
  return app.request({ path: '/api/stripe/webhook', body: Buffer.from(body), headers: { 'stripe-signature': signature } }).then(({ status, body: text }) => [status, String(text)]);
};
const creemNotice = (tradeNo: string, over: Data = {}, { eventType = 'checkout.completed', key = 'creemkey', raw = undefined as string | undefined } = {}) => {
  const body = raw ?? JSON.stringify({ id: 'evt_1', eventType, object: { request_id: tradeNo, order: { id: `ord_${tradeNo}`, status: 'paid', type: 'onetime', amount: 999, currency: 'USD', ...over }, customer: { email: 'a@b.c' } } });
  return app.request({ path: '/api/creem/webhook', body: Buffer.from(body), headers: { 'creem-signature': createHmac('sha256', key).update(body).digest('hex') } }).then(({ status, body: text }) => [status, String(text)]);
};
const notices = { epay: epayNotice, stripe: stripeNotice, creem: creemNotice };
const thanks = { epay: [200, 'success'], stripe: [200, ''], creem: [200, ''] };

describe('prices', () => {
  it.each([
    { path: 'amount', body: { amount: 10 }, data: '73.00' }, { path: 'amount', body: { amount: '100', top_up_code: '' }, data: '657.00' },
    { path: 'stripe/amount', body: { amount: 10 }, data: '80.00' },
  ])('of $path $body are $data', async ({ path, body, data }) => expect(await post(path, body)).toEqual({ status: 200, body: { success: true, message: 'success', data } }));

  it.each([
    { path: 'amount', body: { amount: 0 }, en: 'Amount is below the minimum', zh: '充值数量低于最小值' },
    { path: 'amount', body: {}, en: 'Amount is below the minimum', zh: '充值数量低于最小值' },
    { path: 'amount', body: { amount: -5 }, en: 'Amount is below the minimum', zh: '充值数量低于最小值' },
    { path: 'stripe/amount', body: { amount: 10_001 }, en: 'Amount is above the maximum', zh: '充值数量超过最大值' },
  ])('refuse $body at $path', async ({ path, body, en, zh }) => {
    expect(await post(path, body)).toMatchObject(refusal(en));
    expect(await post(path, body, { 'accept-language': 'zh' })).toMatchObject(refusal(zh));
  });

  it('refuse what is no number', async () => expect((await post('amount', { amount: 'ten' })).status).toBe(400));

  it('count the factor of the group, and amounts in quota units', async () => {
    await setOptions(app, { TopupGroupRatio: '{"default":0.5}', Price: '0.01', 'general_setting.quota_display_type': 'TOKENS' });
    expect((await post('amount', { amount: 5_000_000 })).body.data).toBe('0.05');
    expect((await post('amount', { amount: 500_000 })).body.data).toBe('0.01');
    expect((await post('amount', { amount: 499_999 })).body.data).toBe('Amount is below the minimum');
    await setOptions(app, { Price: '0.001' });
    expect(await post('amount', { amount: 500_000 })).toMatchObject(refusal('The sum to pay is too low'));
    await setOptions(app, { TopupGroupRatio: '{"default":1}', Price: '7.3', 'general_setting.quota_display_type': 'USD' });
  });
});

describe('checkouts', () => {
  it('at epay are a signed form', async () => {
    const { body } = await post('pay', { amount: 10, payment_method: 'alipay' });
    const { sign, sign_type, ...fields } = body.data as Record<string, string>;
    expect(body).toMatchObject({ success: true, message: 'success', url: 'https://pay.example/submit.php' });
    expect(fields).toEqual({
      pid: '1001', type: 'alipay', out_trade_no: expect.stringMatching(/^USR\d+NO[0-9a-f]{6}\d{10}$/) as string, notify_url: 'https://weir.example/api/user/epay/notify',
      return_url: 'https://weir.example/console/log', name: 'TUC10', money: '73.00', device: 'pc',
    });
    expect([sign, sign_type]).toEqual([signEpay(fields, 'old'), 'MD5']);
    expect(await orderOf(fields.out_trade_no!)).toMatchObject({ status: 'PENDING', provider: 'EPAY', quota: '5000000', due: '7300', amount: '10', money: '73.000000' });
  });

  it('at Stripe are a link, for units of the price there', async () => {
    expect((await post('stripe/pay', { amount: 10, payment_method: 'stripe' })).body).toEqual({ success: true, message: 'success', data: { pay_link: 'https://checkout.example/c/1' } });
    const [{ path, headers, body }] = far.asked as [JsonServer['asked'][number]], form = new URLSearchParams(body);
    expect([path, headers.authorization, form.get('mode'), form.get('line_items[0][price]'), form.get('line_items[0][quantity]'), form.get('customer_email'), form.get('success_url')])
      .toEqual(['/v1/checkout/sessions', 'Bearer sk_test_1', 'payment', 'price_1', '10', 'payer@example.com', 'https://weir.example/console/log']);
    expect(headers['idempotency-key']).toBe(form.get('client_reference_id'));
    expect(await orderOf(form.get('client_reference_id')!)).toMatchObject({ status: 'PENDING', quota: '5000000', due: '8000', currency: 'USD' });
  });

  it('at Creem are a link for a product', async () => {
    const { body } = await post('creem/pay', { product_id: 'prod_1', payment_method: 'creem' });
    expect(body).toEqual({ success: true, message: 'success', data: { checkout_url: 'https://creem.example/checkout', order_id: expect.stringMatching(/^ref_[0-9a-f]{40}$/) as string } });
    expect([far.asked[0]!.path, far.asked[0]!.headers['x-api-key'], JSON.parse(far.asked[0]!.body)]).toMatchObject(['/v1/checkouts', 'creem_1', { product_id: 'prod_1', request_id: body.data.order_id }]);
    expect(await orderOf(body.data.order_id as string)).toMatchObject({ quota: '5000000', due: '999', currency: 'USD', amount: '5000000', money: '9.990000' });
  });

  it('are one for a key, also at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => post('pay', { amount: 20, payment_method: 'wxpay' }, { 'idempotency-key': 'double' })));
    const numbers = answers.filter(({ body }) => body.success).map(({ body }) => body.data.out_trade_no as string);
    expect([numbers.length > 0, new Set(numbers).size, (await sql(`select from top_up where idempotency_key = 'double'`)).length]).toEqual([true, 1, 1]);
    expect(await post('pay', { amount: 30, payment_method: 'wxpay' }, { 'idempotency-key': 'double' })).toMatchObject(refusal('This idempotency key was used for something else'));
  });

  it.each([
    { path: 'pay', body: { amount: 0, payment_method: 'alipay' }, en: 'Amount is below the minimum' }, { path: 'pay', body: { amount: 10, payment_method: 'cash' }, en: 'This payment method is not supported' },
    { path: 'pay', body: { amount: 10 }, en: 'This payment method is not supported' }, { path: 'stripe/pay', body: { amount: 10, payment_method: 'alipay' }, en: 'This payment method is not supported' },
    { path: 'stripe/pay', body: { amount: 10_001, payment_method: 'stripe' }, en: 'Amount is above the maximum' }, { path: 'creem/pay', body: { product_id: 'none', payment_method: 'creem' }, en: 'There is no such product' },
    { path: 'creem/pay', body: { product_id: 'prod_1', payment_method: 'stripe' }, en: 'This payment method is not supported' },
  ])('refuse $path $body', async ({ path, body, en }) => expect(await post(path, body)).toMatchObject(refusal(en)));

  it.each([{ path: 'stripe/pay', body: { amount: 10, payment_method: 'stripe' } }, { path: 'creem/pay', body: { product_id: 'prod_1', payment_method: 'creem' } }])('at $path fail when the provider refuses', async ({ path, body }) => {
    told = { status: 400, body: { error: { message: 'secret detail of the provider', type: 'invalid_request_error' } } };
    const answer = await post(path, body, { 'idempotency-key': `refused ${path}`.replaceAll(/[ /]/g, '-'), 'accept-language': 'zh' });
    expect(answer).toMatchObject(refusal('支付服务商拒绝了请求，请稍后再试'));
    expect((await sql<Data>('select status from top_up order by id desc limit 1'))[0]).toEqual({ status: 'FAILED' });
  });
});

describe.each(['epay', 'stripe', 'creem'] as const)('a notice of %s', (name) => {
  it('credits the order once, however often it comes', async () => {
    const tradeNo = await makers[name](), before = await balance();
    for (const answer of await Promise.all(Array.from({ length: 10 }, () => notices[name](tradeNo)))) expect(answer).toEqual(thanks[name]);
    app.clock.advance(3 * 24 * 3_600_000);
    expect(await notices[name](tradeNo)).toEqual(thanks[name]);
    expect(await balance()).toBe(before + 5_000_000);
    expect(await orderOf(tradeNo)).toMatchObject({ status: 'SUCCESS', completed_at: expect.anything() as unknown });
    expect(await sql('select type from log where content like $1', [`%${tradeNo}%`])).toEqual([{ type: 1 }]);
  });

  it('credits nothing for an order of another provider', async () => {
    const before = await balance();
    for (const other of (['epay', 'stripe', 'creem'] as const).filter((one) => one !== name)) await notices[name](await makers[other]());
    expect(await balance()).toBe(before);
  });

  it('credits nothing for an order that was never made', async () => {
    const before = await balance(), answer = await notices[name]('USR1NOnobody');
    expect([answer, await balance()]).toEqual([name === 'epay' ? [200, 'fail'] : name === 'creem' ? [400, ''] : [200, ''], before]);
  });

  it('is not read when it is too large', async () => {
    const { status } = await app.request({ method: 'POST', path: { epay: '/api/user/epay/notify', stripe: '/api/stripe/webhook', creem: '/api/creem/webhook' }[name], body: Buffer.alloc(70_000, 'x') });
    expect(status).toBe(name === 'epay' ? 200 : 413);
  });
});

describe('what does not match', () => {
  it.each([
    { field: 'the sum', over: { money: '72.99' } }, { field: 'the merchant', over: { pid: '1002' } }, { field: 'the method', over: { type: 'wxpay' } }, { field: 'the key', over: {}, key: 'guess' }, { field: 'a sum in words', over: { money: 'much' } },
  ])('of epay credits nothing: $field', async ({ over, key }) => {
    const tradeNo = await makers.epay(), before = await balance();
    expect([await epayNotice(tradeNo, over as Record<string, string>, key), await balance(), (await orderOf(tradeNo)).status]).toEqual([[200, 'fail'], before, 'PENDING']);
  });

  it('of epay is not a success that is none', async () => {
    const tradeNo = await makers.epay();
    expect([await epayNotice(tradeNo, { trade_status: 'WAIT_BUYER_PAY' }), (await orderOf(tradeNo)).status]).toEqual([[200, 'success'], 'PENDING']);
    expect([await epayNotice(tradeNo, {}, 'secret', 'POST'), (await orderOf(tradeNo)).status]).toEqual([[200, 'success'], 'SUCCESS']);
  });

  it('of epay is not believed while the gateway itself says otherwise, where it is asked', async () => {
    await setOptions(app, { 'epay.confirm': 'true', PayAddress: far.url });
    const tradeNo = await makers.epay(), answer = { code: 1, status: '1', out_trade_no: tradeNo, money: '73.00' };
    for (const body of [{ ...answer, status: 0 }, { ...answer, money: '7.30' }, { ...answer, out_trade_no: 'other' }, { code: -1 }, 'no json']) {
      told = { body };
      expect([await epayNotice(tradeNo), (await orderOf(tradeNo)).status]).toEqual([[200, 'fail'], 'PENDING']);
    }
    told = { body: answer };
    expect([await epayNotice(tradeNo), (await orderOf(tradeNo)).status]).toEqual([[200, 'success'], 'SUCCESS']);
    expect(far.asked.at(-1)!.path).toBe(`/api.php?act=order&pid=1001&key=old&out_trade_no=${tradeNo}`);
    await setOptions(app, { 'epay.confirm': 'false', PayAddress: 'https://pay.example' });
  });

  it.each([
    { field: 'the sum', over: { amount_subtotal: 7_999 } }, { field: 'the currency', over: { currency: 'jpy' } }, { field: 'completed but unpaid', over: { payment_status: 'unpaid' } }, { field: 'not complete', over: { status: 'open' } },
  ])('of Stripe credits nothing: $field', async ({ over }) => {
    const tradeNo = await makers.stripe(), before = await balance();
    expect([await stripeNotice(tradeNo, over), await balance(), (await orderOf(tradeNo)).status]).toEqual([[200, ''], before, 'PENDING']);
  });

  it.each([
    { field: 'the sum', over: { amount: 998 } }, { field: 'the currency', over: { currency: 'EUR' } }, { field: 'not paid', over: { status: 'pending' } }, { field: 'a subscription', over: { type: 'recurring' } },
  ])('of Creem credits nothing: $field', async ({ over }) => {
    const tradeNo = await makers.creem(), before = await balance();
    expect([await creemNotice(tradeNo, over), await balance(), (await orderOf(tradeNo)).status]).toEqual([[200, ''], before, 'PENDING']);
  });

  it('is a second payment for an order that is done', async () => {
    const tradeNo = await makers.stripe();
    await stripeNotice(tradeNo);
    const before = await balance();
    expect([await stripeNotice(tradeNo, { payment_intent: 'pi_other' }), await balance()]).toEqual([[200, ''], before]);
  });
});

describe('signatures and events', () => {
  it('of Stripe are needed, fresh, and by a secret that is set', async () => {
    const tradeNo = await makers.stripe(), old = app.clock.now().getTime() - 301_000;
    expect(await stripeNotice(tradeNo, {}, { secret: 'whsec_guess' })).toEqual([400, '']);
    expect(await stripeNotice(tradeNo, {}, { at: old })).toEqual([400, '']);
    expect((await app.request({ path: '/api/stripe/webhook', body: '{}' })).status).toBe(400);
    expect(await stripeNotice(tradeNo, {}, { secret: 'whsec_old' })).toEqual([200, '']);
    expect((await orderOf(tradeNo)).status).toBe('SUCCESS');
    await sql(`delete from site_option where key = 'StripeWebhookSecret'`);
    expect(await stripeNotice(tradeNo)).toEqual([403, '']);
    await setOptions(app, { StripeWebhookSecret: 'whsec_x' });
  });

  it('of Stripe end an order, remember the customer, and credit a transfer that arrives later', async () => {
    const [expired, failed, later] = [await makers.stripe(), await makers.stripe(), await makers.stripe()];
    await stripeNotice(expired, { status: 'expired' }, { type: 'checkout.session.expired' });
    await stripeNotice(failed, {}, { type: 'checkout.session.async_payment_failed' });
    await stripeNotice(later, { payment_status: 'unpaid' });
    await stripeNotice(later, { customer: 'cus_7' }, { type: 'checkout.session.async_payment_succeeded' });
    expect([(await orderOf(expired)).status, (await orderOf(failed)).status, (await orderOf(later)).status]).toEqual(['EXPIRED', 'FAILED', 'SUCCESS']);
    expect([await stripeNotice(expired), (await orderOf(expired)).status]).toEqual([[200, ''], 'EXPIRED']);
    expect((await user.call('GET', '/api/user/self')).body.data.stripe_customer).toBe('cus_7');
    await makers.stripe();
    expect(new URLSearchParams(far.asked.at(-1)!.body).get('customer')).toBe('cus_7');
    expect(await stripeNotice(later, {}, { type: 'invoice.paid' })).toEqual([200, '']);
  });

  it('of Creem are needed, and its notices readable', async () => {
    const tradeNo = await makers.creem();
    expect(await creemNotice(tradeNo, {}, { key: 'guess' })).toEqual([401, '']);
    expect((await app.request({ path: '/api/creem/webhook', body: '{}' })).status).toBe(401);
    for (const raw of ['no json', '[]', '{}', '{"eventType":"checkout.completed","object":{"order":{"status":"paid","type":"onetime"}}}']) expect(await creemNotice('', {}, { raw })).toEqual([400, '']);
    expect(await creemNotice(tradeNo, {}, { eventType: 'refund.created' })).toEqual([200, '']);
    await sql(`delete from site_option where key = 'CreemWebhookSecret'`);
    expect(await creemNotice(tradeNo)).toEqual([401, '']);
    await setOptions(app, { CreemWebhookSecret: 'creemkey' });
  });
});

describe('money that goes back', () => {
  const stripeEvent = (type: string, object: Data) => {
    const body = JSON.stringify({ id: 'evt_back', object: 'event', type, data: { object } });
    return app.request({ path: '/api/stripe/webhook', body: Buffer.from(body), headers: { 'stripe-signature': webhooks.generateTestHeaderString({ payload: body, secret: 'whsec_x', timestamp: Math.floor(app.clock.now().getTime() / 1_000) }) } });
  };

  it('is taken from the wallet once for each step of a refund, below zero too', async () => {
    const tradeNo = await makers.stripe();
    await stripeNotice(tradeNo);
    const before = await balance(), refunded = (amount: number) => stripeEvent('charge.refunded', { object: 'charge', payment_intent: `pi_${tradeNo}`, amount: 8_000, amount_refunded: amount });
    for (const amount of [2_000, 2_000]) await refunded(amount);
    expect(await balance()).toBe(before - 1_250_000);
    await Promise.all(Array.from({ length: 5 }, () => refunded(8_000)));
    await refunded(2_000);
    expect([await balance(), (await orderOf(tradeNo)).reversed_quota]).toEqual([before - 5_000_000, '5000000']);
    expect(await sql('select type from log where content like $1', [`%refund of order ${tradeNo}`])).toEqual([{ type: 6 }, { type: 6 }]);
    expect(await stripeNotice(tradeNo)).toEqual([200, '']);
    expect(await balance()).toBe(before - 5_000_000);
  });

  it('in a dispute is taken at once, and for an unknown payment not at all', async () => {
    const tradeNo = await makers.stripe();
    await stripeNotice(tradeNo);
    const before = await balance(), dispute = (payment_intent: string) => stripeEvent('charge.dispute.funds_withdrawn', { object: 'dispute', payment_intent, amount: 8_000 });
    for (const payment of [`pi_${tradeNo}`, `pi_${tradeNo}`, 'pi_nobody']) expect((await dispute(payment)).status).toBe(200);
    expect(await balance()).toBe(before - 5_000_000);
  });

  it('at Creem is taken by its share of the order', async () => {
    const tradeNo = await makers.creem();
    await creemNotice(tradeNo);
    const before = await balance(), raw = JSON.stringify({ eventType: 'refund.created', object: { refund_amount: 333, order: { id: `ord_${tradeNo}`, amount: 999 } } });
    for (let times = 0; times < 2; times++) expect(await creemNotice('', {}, { raw })).toEqual([200, '']);
    expect(await balance()).toBe(before - 1_666_666);
  });
});

describe('orders', () => {
  const rowKeys = ['id', 'user_id', 'amount', 'money', 'trade_no', 'payment_method', 'create_time', 'complete_time', 'status'];

  it('are listed to their owner, and all of them to administrators', async () => {
    const tradeNo = await makers.epay(), stranger = await restCaller(app);
    const { body } = await user.call('GET', `/api/user/topup/self?keyword=${tradeNo.slice(3, -2)}&p=1&page_size=5`);
    expect(body.data).toMatchObject({ page: 1, page_size: 5, total: 1, items: [{ trade_no: tradeNo, amount: 10, money: 73, payment_method: 'alipay', status: 'pending', complete_time: 0, user_id: user.principal.userId }] });
    expect(Object.keys(body.data.items[0] as Data)).toEqual(rowKeys);
    expect((await stranger.call('GET', '/api/user/topup/self')).body.data.total).toBe(0);
    expect((await admin.call('GET', `/api/user/topup?keyword=${tradeNo}`)).body.data.items[0]).toMatchObject({ trade_no: tradeNo });
    expect((await user.call('GET', '/api/user/topup')).status).toBe(403);
  });

  it('are completed by hand, once, by somebody of a higher role', async () => {
    const tradeNo = await makers.epay(), before = await balance(), complete = (by: RestCaller, trade_no: unknown = tradeNo) => by.call('POST', '/api/user/topup/complete', { trade_no });
    expect((await complete(user)).status).toBe(403);
    expect(await complete(admin)).toEqual({ status: 200, body: { success: true, message: '', data: null } });
    expect((await complete(admin)).body).toEqual({ success: true, message: '', data: null });
    expect([await balance(), await epayNotice(tradeNo), await balance()]).toEqual([before + 5_000_000, [200, 'success'], before + 5_000_000]);
    expect(await complete(admin, '')).toMatchObject({ status: 200, body: { success: false, message: 'No such order' } });
    expect((await admin.call('POST', '/api/user/topup/complete', { trade_no: 'nothing' }, { 'accept-language': 'zh' })).body).toMatchObject({ success: false, message: '订单不存在' });
    const own = (await post('pay', { amount: 10, payment_method: 'alipay' }, fresh(), admin)).body.data.out_trade_no as string;
    expect((await complete(admin, own)).body).toMatchObject({ success: false, message: 'Cannot act on a user of the same or a higher role' });
    expect((await complete(root, own)).body.success).toBe(true);
  });

  it('are completed once for a key, which is no key of another order', async () => {
    const [one, two, three] = [await makers.epay(), await makers.epay(), await makers.epay()], before = await balance();
    const complete = async (tradeNo: string, idempotencyKey: string): Promise<Data> => {
      const { data, errors } = await app.query('mutation ($tradeNo: String!, $key: String!) { topUpComplete(tradeNo: $tradeNo, reason: "paid by wire", idempotencyKey: $key) { replayed topUp { userRef completedByRef status } userErrors { code path } } }', { tradeNo, key: idempotencyKey }, admin.principal);
      if (errors) throw new Error(JSON.stringify(errors));
      return data!.topUpComplete as Data;
    };
    const done = { topUp: { userRef: `usr_${user.principal.userId}`, completedByRef: `usr_${admin.principal.userId}`, status: 'SUCCESS' }, userErrors: [] }, reused = { topUp: null, replayed: false, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }] };
    expect([await complete(one, 'wire-1'), await complete(one, 'wire-1'), await complete(two, 'wire-1')]).toEqual([{ ...done, replayed: false }, { ...done, replayed: true }, reused]);
    expect((await complete(two, ' ')).userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REQUIRED', path: ['idempotencyKey'] }]);
    const together = await Promise.all([complete(two, 'wire-2'), complete(three, 'wire-2')]);
    expect(new Set(together.map((told) => JSON.stringify(told)))).toEqual(new Set([JSON.stringify({ replayed: false, ...done }), JSON.stringify({ replayed: false, topUp: null, userErrors: reused.userErrors })]));
    expect(await balance()).toBe(before + 10_000_000);
    expect(await sql('select idempotency_key as key from ledger_transaction where reference = $1', [`topup:${one}`])).toEqual([{ key: 'wire-1' }]);
  });

  it('in the wrong state cannot be completed', async () => {
    const tradeNo = await makers.stripe();
    await stripeNotice(tradeNo, { status: 'expired' }, { type: 'checkout.session.expired' });
    expect((await admin.call('POST', '/api/user/topup/complete', { trade_no: tradeNo })).body).toMatchObject({ success: false, message: 'Order is in the wrong state' });
  });
});

describe('the top-up page', () => {
  it('lists what is set up', async () => {
    expect((await user.call('GET', '/api/user/topup/info')).body.data).toEqual({
      enable_online_topup: true, enable_stripe_topup: true, enable_creem_topup: true, creem_products: '[{"productId":"prod_1","name":"Small","price":9.99,"currency":"USD","quota":5000000}]',
      pay_methods: [{ name: '支付宝', type: 'alipay', color: 'rgba(var(--semi-blue-5), 1)', min_topup: '' }, { name: '微信', type: 'wxpay', color: 'rgba(var(--semi-green-5), 1)', min_topup: '' }],
      min_topup: 1, stripe_min_topup: 1, amount_options: [10, 20, 50, 100, 200, 500], discount: { 100: 0.9 },
    });
    await sql(`delete from site_option where key in ('EpayKey', 'StripeApiSecret', 'CreemApiKey')`);
    expect((await user.call('GET', '/api/user/topup/info')).body.data).toMatchObject({ enable_online_topup: false, enable_stripe_topup: false, enable_creem_topup: false });
    for (const [path, body] of [['pay', { amount: 10, payment_method: 'alipay' }], ['stripe/pay', { amount: 10, payment_method: 'stripe' }], ['creem/pay', { product_id: 'prod_1', payment_method: 'creem' }]] as const) expect(await post(path, body)).toMatchObject(refusal('Payment is not configured'));
    expect(await epayNotice('x')).toEqual([200, 'fail']);
  });

  it('leaves clean books', async () => {
    const lines = await audit(sql);
    expect(isClean(lines), printAudit(lines)).toBe(true);
  });
});
