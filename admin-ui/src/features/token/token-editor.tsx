import { Alert, Button, Drawer, Group, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { placeRefusals } from '../../ui/form-errors.ts';
import { readAmount } from '../../ui/format.ts';
import { RequestFault } from '../../ui/states.tsx';
import { useViewer } from '../session/viewer.ts';
import { changesOf, emptyForm, fieldNames, formOf, inputOf, type TokenForm, type TokenRow } from './token-form.ts';
import { TokenCreateDocument, TokenUpdateDocument } from './token.documents.ts';

interface Props { token: TokenRow | undefined; onClose: () => void; onCreated: (key: string) => void }

export function TokenEditor({ token, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const { quotaPerUnit } = useViewer();
  const before = token ? formOf(token, quotaPerUnit) : emptyForm;
  const form = useForm<TokenForm>({ defaultValues: before });
  const [above, setAbove] = useState<string[]>([]);
  const [created, create] = useMutation(TokenCreateDocument);
  const [updated, update] = useMutation(TokenUpdateDocument);
  const fault = created.error ?? updated.error;

  const save = async (values: TokenForm) => {
    if (token) {
      const { data } = await update({ id: token.id, input: changesOf(before, values, quotaPerUnit), expectedVersion: token.version });
      if (data?.tokenUpdate.token) onClose();
      return data?.tokenUpdate.userErrors;
    }
    const { data } = await create({ input: inputOf(values, quotaPerUnit) });
    if (data?.tokenCreate.key) onCreated(data.tokenCreate.key);
    return data?.tokenCreate.userErrors;
  };
  const submit = form.handleSubmit(async (values) => setAbove(placeRefusals((await save(values)) ?? [], fieldNames, form.setError)));
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={token ? t('token.editTitle', { name: token.name }) : t('token.add')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          {fault && <RequestFault error={fault} />}
          <TokenFields form={form} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" loading={created.fetching || updated.fetching}>{t(token ? 'action.save' : 'action.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

function TokenFields({ form: { control, register, watch, formState: { errors } } }: { form: ReturnType<typeof useForm<TokenForm>> }) {
  const { t } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return (
    <>
      <TextInput label={t('token.name')} withAsterisk data-autofocus error={errors.name?.message} {...register('name', { required: t('form.required') })} />
      <Controller control={control} name="unlimited" render={({ field: { value, ...field } }) => (
        <Switch label={t('token.unlimited')} description={t('token.unlimitedAbout')} checked={value} {...field} />
      )} />
      {!watch('unlimited') && (
        <TextInput label={t('token.quota')} description={t('token.quotaAbout')} error={errors.quota?.message}
          {...register('quota', { validate: (text) => readAmount(text, quotaPerUnit) !== undefined || t('token.quotaWrong') })} />
      )}
      <TextInput type="datetime-local" label={t('token.expires')} description={t('token.expiresAbout')} error={errors.expiresAt?.message} {...register('expiresAt')} />
      <Controller control={control} name="limitModels" render={({ field: { value, ...field } }) => <Switch label={t('token.limitModels')} checked={value} {...field} />} />
      {watch('limitModels') && (
        <Controller control={control} name="models" render={({ field }) => (
          <TagsInput label={t('token.models')} description={t('token.modelsAbout')} splitChars={[',', ' ', '\n']} acceptValueOnBlur error={errors.models?.message} {...field} />
        )} />
      )}
      <Textarea label={t('token.allowIps')} description={t('token.allowIpsAbout')} autosize minRows={1} error={errors.allowIps?.message} {...register('allowIps')} />
    </>
  );
}
