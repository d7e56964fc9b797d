import { Switch, Text, Textarea, TextInput } from '@mantine/core';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import type { SeenVersion } from '../../ui/seen-version.ts';
import { useRefusals } from '../../ui/form-errors.ts';
import { dollarsOf, fieldNames, formOf, inputOf, isRatio, ratioNames, type PriceForm, type PriceRow } from './price-form.ts';
import { PricesUpdateDocument } from './price.documents.ts';

export function PriceEditor({ price, seen, onClose }: { price: PriceRow | undefined; seen: SeenVersion; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm<PriceForm>({ defaultValues: formOf(price) }), [version] = useState(seen.version);
  const { placed, take } = useRefusals<PriceForm>(fieldNames, form.setError);
  const [{ fetching, error }, update] = useMutation(PricesUpdateDocument);
  const submit = form.handleSubmit(async (values) => {
    const { data } = await update({ input: { upsert: [inputOf(values)] }, expectedVersion: version }, { additionalTypenames: ['Price'] });
    if (!data || !take(data.pricesUpdate.userErrors)) return;
    seen.note(data.pricesUpdate.version);
    onClose();
  });
  return (
    <EditDrawer title={price ? t('price.editTitle', { name: price.model }) : t('price.add')} act={price ? 'save' : 'create'} dirty={form.formState.isDirty} saving={fetching} placed={placed} fault={error}
      onSubmit={(event) => void submit(event)} onClose={onClose} onReload={onClose}>
      <PriceFields form={form} isNew={!price} />
    </EditDrawer>
  );
}

function PriceFields({ form, isNew }: { form: UseFormReturn<PriceForm>; isNew: boolean }) {
  const { t } = useTranslation();
  const { control, register, watch, formState: { errors } } = form;
  return (
    <>
      <TextInput label={t('price.model')} withAsterisk readOnly={!isNew} data-autofocus={isNew || undefined} autoComplete="off" error={errors.model?.message} {...register('model', { required: t('form.required') })} />
      <Controller control={control} name="tiered" render={({ field: { value, ...field } }) => <Switch label={t('price.tiered')} checked={value} {...field} />} />
      {watch('tiered')
        ? <Textarea label={t('price.expression')} description={t('price.expressionAbout')} withAsterisk autosize minRows={3} spellCheck={false} error={errors.expression?.message} {...register('expression', { required: t('form.required') })} />
        : <Ratios form={form} />}
    </>
  );
}

/** By token or by request. */
function Ratios({ form }: { form: UseFormReturn<PriceForm> }) {
  const { t } = useTranslation();
  const { control, register, watch, formState: { errors } } = form;
  const needed = (text: string) => isRatio(text) || t('price.wrong'), optional = (text: string) => text.trim() === '' || needed(text);
  return (
    <>
      <Controller control={control} name="byCall" render={({ field: { value, ...field } }) => <Switch label={t('price.byCall')} checked={value} {...field} />} />
      {watch('byCall')
        ? <TextInput label={t('price.callPrice')} withAsterisk inputMode="decimal" autoComplete="off" error={errors.callPrice?.message} {...register('callPrice', { validate: needed })} />
        : ratioNames.map((name) => (
          <TextInput key={name} label={t(`price.${name}`)} description={t(name === 'modelRatio' ? 'price.modelRatioAbout' : 'price.emptyAbout')} withAsterisk={name === 'modelRatio'} inputMode="decimal" autoComplete="off"
            error={errors[name]?.message} {...register(name, { validate: name === 'modelRatio' ? needed : optional })} />
        ))}
      {!watch('byCall') && <Dollars ratio={watch('modelRatio')} completion={watch('completionRatio')} />}
    </>
  );
}

/** The same as money, before it is saved. */
function Dollars({ ratio, completion }: { ratio: string; completion: string }) {
  const { t, i18n: { language } } = useTranslation();
  if (!isRatio(ratio)) return null;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  return <Text size="sm" c="dimmed">{t('price.inDollars', { input: number.format(dollarsOf(ratio)), output: isRatio(completion) ? number.format(dollarsOf(ratio, completion)) : '…' })}</Text>;
}
