import { PasswordInput, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import type { SeenVersion } from '../../ui/seen-version.ts';
import { useRefusals } from '../../ui/form-errors.ts';
import { OptionsUpdateDocument } from './option.documents.ts';
import type { OptionRow } from './options.page.tsx';

interface Form { value: string }

/** One setting. Its check is the server's: what it refuses stands at the field. */
export function OptionEditor({ option, seen, onClose }: { option: OptionRow; seen: SeenVersion; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm<Form>({ defaultValues: { value: option.value } }), [version] = useState(seen.version);
  const { placed, take } = useRefusals<Form>(['value'], form.setError);
  const [{ fetching, error }, update] = useMutation(OptionsUpdateDocument);
  const submit = form.handleSubmit(async ({ value }) => {
    const { data } = await update({ input: [{ key: option.key, value }], expectedVersion: version }, { additionalTypenames: ['Option'] });
    if (!data || !take(data.optionsUpdate.userErrors)) return;
    seen.note(data.optionsUpdate.version);
    onClose();
  });
  return (
    <EditDrawer title={t('option.editTitle', { key: option.key })} act="save" dirty={form.formState.isDirty} saving={fetching} placed={placed} fault={error} onSubmit={(event) => void submit(event)} onClose={onClose} onReload={onClose}>
      <Text size="sm">{option.description}</Text>
      <ValueField option={option} form={form} />
    </EditDrawer>
  );
}

function ValueField({ option: { kind, secret, value }, form: { control, register, formState: { errors } } }: { option: OptionRow; form: UseFormReturn<Form> }) {
  const { t } = useTranslation();
  const label = t('option.value'), error = errors.value?.message;
  if (secret) return <PasswordInput label={label} description={t('option.secretAbout')} autoComplete="off" data-autofocus error={error} {...register('value')} />;
  if (kind === 'BOOLEAN') {
    return <Controller control={control} name="value" render={({ field }) => (
      <Switch label={t('option.isOn')} checked={field.value === 'true'} error={error} data-autofocus ref={field.ref} onChange={(event) => field.onChange(String(event.currentTarget.checked))} />
    )} />;
  }
  const isLong = kind === 'JSON' || kind === 'LIST' || value.length > 60 || value.includes('\n');
  if (!isLong) return <TextInput label={label} autoComplete="off" data-autofocus error={error} {...register('value')} />;
  return <Textarea label={label} autosize minRows={4} maxRows={24} spellCheck={false} data-autofocus error={error} styles={kind === 'JSON' ? { input: { fontFamily: 'var(--mantine-font-family-monospace)' } } : {}} {...register('value')} />;
}
