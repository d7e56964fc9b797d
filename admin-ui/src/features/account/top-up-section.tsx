import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { AccountQuery, TopUpCreateInput } from '../../gql/graphql.ts';
import { formatQuota } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { showRefusals } from '../../ui/toast.ts';
import { useViewer } from '../session/viewer.ts';
import { RedeemDocument, TopUpCreateDocument } from './account.documents.ts';
import { useActKey } from './use-act-key.ts';

type Options = NonNullable<AccountQuery['viewer']>['topUpOptions'];
interface Way { value: string; label: string; input: Omit<TopUpCreateInput, 'amount'>; isFixed: boolean }

/** Everything that can be paid with, as one list. */
function waysOf({ providers, methods, creemProducts }: Options): Way[] {
  return [
    ...(providers.includes('EPAY') ? methods.map(({ type, name }): Way => ({ value: `epay ${type}`, label: name, input: { provider: 'EPAY', method: type }, isFixed: false })) : []),
    ...(providers.includes('STRIPE') ? [{ value: 'stripe', label: 'Stripe', input: { provider: 'STRIPE' as const }, isFixed: false }] : []),
    ...(providers.includes('CREEM') ? creemProducts.map(({ productId, name, price, currency }): Way => ({ value: `creem ${productId}`, label: `${name} · ${price} ${currency}`, input: { provider: 'CREEM', productId }, isFixed: true })) : []),
  ];
}

export function TopUpSection({ quota, options, onChange }: { quota: string; options: Options; onChange: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer(), ways = waysOf(options);
  return (
    <Section title={t('account.balance')} about={t('account.balanceAbout')} actions={<Text fw={600} title={quota}>{formatQuota(quota, quotaPerUnit, language)}</Text>}>
      <Redeem onChange={onChange} />
      {ways.length > 0 && <Pay ways={ways} first={options.presets[0] ?? 10} />}
    </Section>
  );
}

function Redeem({ onChange }: { onChange: () => void }) {
  const { t } = useTranslation();
  const { key, next } = useActKey();
  const [code, setCode] = useState('');
  const [{ fetching }, redeem] = useMutation(RedeemDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data, error } = await redeem({ code, key });
    if (!error) next();
    if (!showRefusals(data?.redemptionRedeem.userErrors, error)) return;
    setCode('');
    onChange();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group align="flex-end">
        <TextInput label={t('account.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} style={{ flex: 1 }} />
        <Button type="submit" variant="default" loading={fetching} disabled={!code.trim()}>{t('account.redeem')}</Button>
      </Group>
    </form>
  );
}

function Pay({ ways, first }: { ways: readonly Way[]; first: number }) {
  const { t } = useTranslation();
  const { key, next } = useActKey();
  const [value, setValue] = useState(ways[0]!.value), [amount, setAmount] = useState<number | string>(first);
  const [{ fetching }, create] = useMutation(TopUpCreateDocument);
  const way = ways.find((one) => one.value === value) ?? ways[0]!;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data, error } = await create({ input: { ...way.input, ...(!way.isFixed && { amount: String(amount) }) }, key });
    if (!error) next();
    const checkout = data?.topUpCreate.checkout;
    if (!showRefusals(data?.topUpCreate.userErrors, error) || !checkout) return;
    // Gateways take their fields in the address too: the page may post forms to itself only.
    const fields = new URLSearchParams(checkout.fields?.map(({ name, value: text }): [string, string] => [name, text]));
    window.location.assign(checkout.fields ? `${checkout.url}?${fields.toString()}` : checkout.url);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group align="flex-end">
        <Select label={t('account.payWith')} data={ways.map(({ value: name, label }) => ({ value: name, label }))} value={value} onChange={(chosen) => chosen && setValue(chosen)} allowDeselect={false} />
        {!way.isFixed && <NumberInput label={t('account.amount')} min={1} allowDecimal={false} value={amount} onChange={setAmount} w={120} />}
        <Button type="submit" loading={fetching}>{t('account.pay')}</Button>
      </Group>
    </form>
  );
}
