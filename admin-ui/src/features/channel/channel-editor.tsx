import { Alert, Button, Drawer, Group, JsonInput, NumberInput, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { placeRefusals } from '../../ui/form-errors.ts';
import { RequestFault } from '../../ui/states.tsx';
import { ChannelCreateDocument, ChannelUpdateDocument } from './channel.documents.ts';
import { changesOf, emptyForm, fieldNames, formOf, inputOf, type ChannelForm } from './channel-form.ts';
import type { ChannelRow, ChannelTypeRow } from './channel-row.ts';

interface Props { channel: ChannelRow | undefined; types: readonly ChannelTypeRow[]; onClose: () => void }

/** Adds a channel or changes one. A stored credential is never shown: an empty field keeps it. */
export function ChannelEditor({ channel, types, onClose }: Props) {
  const { t } = useTranslation();
  const form = useForm<ChannelForm>({ defaultValues: channel ? formOf(channel) : emptyForm(types[0]) });
  const [above, setAbove] = useState<string[]>([]);
  const [created, create] = useMutation(ChannelCreateDocument);
  const [updated, update] = useMutation(ChannelUpdateDocument);
  const fault = created.error ?? updated.error;

  const submit = form.handleSubmit(async (values) => {
    const refusals = channel
      ? (await update({ id: channel.id, input: changesOf(formOf(channel), values), expectedVersion: channel.version })).data?.channelUpdate.userErrors
      : (await create({ input: inputOf(values) })).data?.channelCreate.userErrors;
    setAbove(placeRefusals(refusals ?? [], fieldNames, form.setError));
    if (refusals?.length === 0) onClose();
  });
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={channel ? t('channel.editTitle', { name: channel.name }) : t('channel.add')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          {fault && <RequestFault error={fault} />}
          <ChannelFields form={form} types={types} isNew={!channel} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" loading={created.fetching || updated.fetching}>{t(channel ? 'action.save' : 'action.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

interface FieldProps { form: ReturnType<typeof useForm<ChannelForm>>; types: readonly ChannelTypeRow[]; isNew: boolean }

function ChannelFields({ form: { control, register, watch, formState: { errors } }, types, isNew }: FieldProps) {
  const { t } = useTranslation();
  const type = types.find((one) => String(one.id) === watch('type'));
  const required = { required: t('form.required') };
  return (
    <>
      <TextInput label={t('channel.name')} withAsterisk data-autofocus error={errors.name?.message} {...register('name', required)} />
      <Controller control={control} name="type" rules={required} render={({ field }) => (
        <Select label={t('channel.type')} withAsterisk searchable allowDeselect={false} error={errors.type?.message} data={types.map(({ id, label }) => ({ value: String(id), label }))} {...field} />
      )} />
      <Textarea label={t('channel.credential')} withAsterisk={isNew} description={t(isNew ? 'channel.credentialNew' : 'channel.credentialKeep')} autosize minRows={1} spellCheck={false} autoComplete="off"
        error={errors.credentials?.message} {...register('credentials', isNew ? required : {})} />
      <TextInput label={t('channel.baseUrl')} placeholder={type?.baseUrl ?? ''} description={t('channel.baseUrlAbout')} error={errors.baseUrl?.message} {...register('baseUrl')} />
      <Controller control={control} name="models" rules={{ validate: (models) => models.length > 0 || t('form.required') }} render={({ field }) => (
        <TagsInput label={t('channel.models')} withAsterisk description={t('channel.modelsAbout')} data={[...(type?.suggestedModels ?? [])]} splitChars={[',', ' ', '\n']} acceptValueOnBlur error={errors.models?.message} {...field} />
      )} />
      <Controller control={control} name="groups" render={({ field }) => <TagsInput label={t('channel.groups')} description={t('channel.groupsAbout')} error={errors.groups?.message} acceptValueOnBlur {...field} />} />
      <Group grow align="flex-start">
        <Controller control={control} name="priority" render={({ field }) => <NumberInput label={t('channel.priority')} description={t('channel.priorityAbout')} allowDecimal={false} error={errors.priority?.message} {...field} />} />
        <Controller control={control} name="weight" render={({ field }) => <NumberInput label={t('channel.weight')} description={t('channel.weightAbout')} allowDecimal={false} min={0} error={errors.weight?.message} {...field} />} />
      </Group>
      <Controller control={control} name="modelMapping" render={({ field }) => (
        <JsonInput label={t('channel.mapping')} description={t('channel.mappingAbout')} placeholder={'{"gpt-4o": "gpt-4o-2024-11-20"}'} autosize minRows={4} formatOnBlur error={errors.modelMapping?.message} {...field} />
      )} />
      <TextInput label={t('channel.testModel')} error={errors.testModel?.message} {...register('testModel')} />
      <TextInput label={t('channel.remark')} error={errors.remark?.message} {...register('remark')} />
    </>
  );
}
