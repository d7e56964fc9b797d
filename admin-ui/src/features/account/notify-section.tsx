import { Alert, Button, Checkbox, Group, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { AccountQuery, NotifyChannel, NotifyPatch } from '../../gql/graphql.ts';
import { formatPlainAmount, readAmount } from '../../ui/format.ts';
import { useRefusals } from '../../ui/form-errors.ts';
import { Section } from '../../ui/section.tsx';
import { showRefusals } from '../../ui/toast.ts';
import { useViewer } from '../session/viewer.ts';
import { NotificationTestDocument, NotifySettingUpdateDocument } from './account.documents.ts';

type Setting = NonNullable<AccountQuery['viewer']>['notifySetting'];
interface Values { channel: NotifyChannel; lowQuotaThreshold: string; email: string; webhookUrl: string; webhookSecret: string; barkUrl: string; gotifyUrl: string; gotifyToken: string; gotifyPriority: number; recordIp: boolean; upstreamModelUpdates: boolean }

const fields = ['lowQuotaThreshold', 'email', 'webhookUrl', 'webhookSecret', 'barkUrl', 'gotifyUrl', 'gotifyToken'] as const;
const channels: readonly NotifyChannel[] = ['EMAIL', 'WEBHOOK', 'BARK', 'GOTIFY'];

/** Secrets are never told: their fields begin empty, and leave what is stored. */
function valuesOf({ channel, lowQuotaThreshold, email, webhookUrl, barkUrl, gotifyUrl, gotifyPriority, recordIp, upstreamModelUpdates }: Setting, quotaPerUnit: number): Values {
  const threshold = lowQuotaThreshold ? formatPlainAmount(lowQuotaThreshold, quotaPerUnit) : '';
  return { channel, lowQuotaThreshold: threshold, email, webhookUrl, webhookSecret: '', barkUrl, gotifyUrl, gotifyToken: '', gotifyPriority, recordIp, upstreamModelUpdates };
}

interface Props { setting: Setting; email: string; onChange: () => void }

export function NotifySection({ setting, email, onChange }: Props) {
  const { t } = useTranslation();
  const { quotaPerUnit, permissions } = useViewer();
  const [{ fetching }, save] = useMutation(NotifySettingUpdateDocument), [{ fetching: testing }, test] = useMutation(NotificationTestDocument);
  const form = useForm<Values>({ defaultValues: valuesOf(setting, quotaPerUnit) });
  const { register, control, handleSubmit, setError, watch, formState: { errors } } = form;
  const { placed, take } = useRefusals<Values>(fields, setError);

  const submit = handleSubmit(async ({ lowQuotaThreshold, ...values }) => {
    const input: NotifyPatch = { ...values, ...(lowQuotaThreshold && { lowQuotaThreshold: readAmount(lowQuotaThreshold, quotaPerUnit) ?? '0' }) };
    const { data, error } = await save({ input });
    if (error) return void showRefusals([], error);
    if (!data || !take(data.notifySettingUpdate.userErrors)) return;
    notifications.show({ message: t('account.saved') });
    onChange();
  });
  const tryOut = async () => {
    const { data, error } = await test({});
    if (showRefusals(data?.notificationTest.userErrors, error)) notifications.show({ message: t('account.tested') });
  };
  const text = (name: (typeof fields)[number]) => ({ ...register(name), error: errors[name]?.message });
  return (
    <Section title={t('account.notify')} about={t('account.notifyAbout')} actions={<Button variant="default" loading={testing} onClick={() => void tryOut()}>{t('account.test')}</Button>}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack maw={480}>
          {placed.above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          <Controller control={control} name="channel" render={({ field }) => (
            <Select label={t('account.channel')} data={channels.map((value) => ({ value, label: t(`account.channel_${value}`) }))} allowDeselect={false} {...field} />
          )} />
          <ChannelFields channel={watch('channel')} text={text} own={email} setting={setting} />
          {watch('channel') === 'GOTIFY' && <Controller control={control} name="gotifyPriority" render={({ field }) => <NumberInput label={t('account.gotifyPriority')} min={0} max={10} {...field} onChange={(value) => field.onChange(Number(value))} />} />}
          <TextInput label={t('account.threshold')} description={t('account.thresholdAbout')} {...text('lowQuotaThreshold')} />
          <Checkbox label={t('account.recordIp')} {...register('recordIp')} />
          {permissions.includes('CHANNEL_WRITE') && <Checkbox label={t('account.upstreamModels')} {...register('upstreamModelUpdates')} />}
          <Group><Button type="submit" loading={fetching}>{t('action.save')}</Button></Group>
        </Stack>
      </form>
    </Section>
  );
}

type Text = (name: (typeof fields)[number]) => object;

function ChannelFields({ channel, text, own, setting }: { channel: NotifyChannel; text: Text; own: string; setting: Setting }) {
  const { t } = useTranslation();
  const kept = (has: boolean) => (has ? t('account.kept') : undefined);
  if (channel === 'EMAIL') return <TextInput label={t('account.email')} description={t('account.emailAbout')} placeholder={own} {...text('email')} />;
  if (channel === 'BARK') return <TextInput label={t('account.barkUrl')} description={t('account.barkAbout', { open: '{{' })} placeholder="https://api.day.app/key/{{title}}/{{content}}" {...text('barkUrl')} />;
  if (channel === 'WEBHOOK') {
    return (
      <>
        <TextInput label={t('account.webhookUrl')} {...text('webhookUrl')} />
        <PasswordInput label={t('account.webhookSecret')} description={t('account.webhookSecretAbout')} placeholder={kept(setting.hasWebhookSecret)} autoComplete="off" {...text('webhookSecret')} />
      </>
    );
  }
  return (
    <>
      <TextInput label={t('account.gotifyUrl')} {...text('gotifyUrl')} />
      <PasswordInput label={t('account.gotifyToken')} placeholder={kept(setting.hasGotifyToken)} autoComplete="off" {...text('gotifyToken')} />
    </>
  );
}
