import { Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { changesOf, fieldNames, formOf, rules, type ModelForm, type ModelRow } from './model-form.ts';
import { ModelCreateDocument, ModelUpdateDocument, VendorNamesDocument } from './model.documents.ts';

interface Props { model: ModelRow | undefined; onClose: () => void; onReload: () => void }

export function ModelEditor({ model, onClose, onReload }: Props) {
  const { t } = useTranslation();
  const before = formOf(model), form = useForm<ModelForm>({ defaultValues: before });
  const { placed, take } = useRefusals<ModelForm>(fieldNames, form.setError);
  const [created, create] = useMutation(ModelCreateDocument), [updated, update] = useMutation(ModelUpdateDocument);
  const submit = form.handleSubmit(async (values) => {
    if (model) {
      const { data } = await update({ id: model.id, input: changesOf(before, values), expectedVersion: model.version }, { additionalTypenames: ['ModelMeta', 'Vendor'] });
      if (data && take(data.modelUpdate.userErrors)) onClose();
    } else {
      const { data } = await create({ input: values }, { additionalTypenames: ['ModelMeta'] });
      if (data && take(data.modelCreate.userErrors)) onClose();
    }
  });
  return (
    <EditDrawer title={model ? t('model.editTitle', { name: model.name }) : t('model.add')} act={model ? 'save' : 'create'} dirty={form.formState.isDirty} saving={created.fetching || updated.fetching} placed={placed}
      fault={created.error ?? updated.error} onSubmit={(event) => void submit(event)} onClose={onClose} onReload={onReload}>
      <ModelFields form={form} />
    </EditDrawer>
  );
}

function ModelFields({ form: { control, register, formState: { errors } } }: { form: UseFormReturn<ModelForm> }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: VendorNamesDocument });
  const vendors = (data?.vendors.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <TextInput label={t('model.name')} withAsterisk data-autofocus autoComplete="off" error={errors.name?.message} {...register('name', { required: t('form.required') })} />
      <Controller control={control} name="nameRule" render={({ field: { onChange, ...field } }) => (
        <Select label={t('model.rule')} data={rules.map((rule) => ({ value: rule, label: t(`model.rule_${rule}`) }))} allowDeselect={false} onChange={(rule) => rule && onChange(rule)} {...field} />
      )} />
      <Controller control={control} name="vendorId" render={({ field }) => <Select label={t('model.vendor')} placeholder={t('model.noVendor')} data={vendors} searchable clearable error={errors.vendorId?.message} {...field} />} />
      <Textarea label={t('model.description')} autosize minRows={2} error={errors.description?.message} {...register('description')} />
      <Controller control={control} name="tags" render={({ field }) => <TagsInput label={t('model.tags')} description={t('model.tagsAbout')} splitChars={[',', '\n']} acceptValueOnBlur error={errors.tags?.message} {...field} />} />
      <TextInput label={t('model.icon')} description={t('model.iconAbout')} autoComplete="off" error={errors.icon?.message} {...register('icon')} />
      <Textarea label={t('model.endpoints')} description={t('model.endpointsAbout')} autosize minRows={2} spellCheck={false} error={errors.endpoints?.message} {...register('endpoints')} />
      <Controller control={control} name="syncOfficial" render={({ field: { value, ...field } }) => <Switch label={t('model.sync')} checked={value} {...field} />} />
    </>
  );
}
