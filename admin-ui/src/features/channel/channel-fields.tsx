import { Group, JsonInput, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isJsonObject, type ChannelForm } from './channel-form.ts';
import type { ChannelTypeRow } from './channel-row.ts';

interface Props { form: UseFormReturn<ChannelForm>; types: readonly ChannelTypeRow[]; isNew: boolean }

export function ChannelFields({ form: { control, register, watch, formState: { errors } }, types, isNew }: Props) {
  const { t } = useTranslation();
  const type = types.find((one) => String(one.id) === watch('type'));
  const required = { required: t('form.required') };
  return (
    <>
      <TextInput label={t('channel.name')} withAsterisk data-autofocus autoComplete="off" error={errors.name?.message} {...register('name', required)} />
      <Controller control={control} name="type" rules={required} render={({ field }) => (
        <Select label={t('channel.type')} withAsterisk searchable allowDeselect={false} error={errors.type?.message} data={types.map(({ id, label }) => ({ value: String(id), label }))} {...field} />
      )} />
      <Textarea label={t('channel.credential')} withAsterisk={isNew} description={t(isNew ? 'channel.credentialNew' : 'channel.credentialKeep')} autosize minRows={1} spellCheck={false} autoComplete="off"
        error={errors.credentials?.message} {...register('credentials', isNew ? required : {})} />
      <TextInput label={t('channel.baseUrl')} placeholder={type?.baseUrl ?? ''} description={t('channel.baseUrlAbout')} spellCheck={false} autoComplete="off" error={errors.baseUrl?.message} {...register('baseUrl')} />
      <Controller control={control} name="models" rules={{ validate: (models) => models.length > 0 || t('form.required') }} render={({ field }) => (
        <TagsInput label={t('channel.models')} withAsterisk description={t('channel.modelsAbout')} data={[...(type?.suggestedModels ?? [])]} splitChars={[',', ' ', '\n']} acceptValueOnBlur error={errors.models?.message} {...field} />
      )} />
      <Controller control={control} name="groups" render={({ field }) => <TagsInput label={t('channel.groups')} description={t('channel.groupsAbout')} error={errors.groups?.message} acceptValueOnBlur {...field} />} />
      <Group grow align="flex-start">
        <Controller control={control} name="priority" render={({ field }) => <NumberInput label={t('channel.priority')} description={t('channel.priorityAbout')} allowDecimal={false} error={errors.priority?.message} {...field} />} />
        <Controller control={control} name="weight" render={({ field }) => <NumberInput label={t('channel.weight')} description={t('channel.weightAbout')} allowDecimal={false} min={0} error={errors.weight?.message} {...field} />} />
      </Group>
      <Controller control={control} name="modelMapping" rules={{ validate: (text) => isJsonObject(text) || t('channel.mappingWrong') }} render={({ field }) => (
        <JsonInput label={t('channel.mapping')} description={t('channel.mappingAbout')} placeholder={'{"gpt-4o": "gpt-4o-2024-11-20"}'} autosize minRows={4} formatOnBlur error={errors.modelMapping?.message} {...field} />
      )} />
      <TextInput label={t('channel.testModel')} autoComplete="off" error={errors.testModel?.message} {...register('testModel')} />
      <TextInput label={t('channel.remark')} autoComplete="off" error={errors.remark?.message} {...register('remark')} />
    </>
  );
}
