import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReceiptSettingsBody } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import { type Draft, type DraftField, draftOf, settingsOf } from './draft.ts';
import { settingsQuery } from './queries.ts';
import styles from './receipts.module.css';

type FormProps = { readonly programmeId: number; readonly settings: ReceiptSettingsBody };

export function SettingsForm({ programmeId, settings: saved }: FormProps) {
  const { t } = useTranslation('receipts');
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(saved, currentLanguage() === 'ru'));
  const { settings, wrong } = settingsOf(draft);
  const save = useMutation({
    mutationFn: () =>
      request<ReceiptSettingsBody>(`/programmes/${programmeId}/receipts`, { method: 'PUT', body: settings }),
    onSuccess: (body) => queryClient.setQueryData(settingsQuery(programmeId).queryKey, body),
  });
  const set = <Name extends DraftField>(name: Name, value: Draft[Name]): void => {
    save.reset();
    setDraft((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong.length === 0) save.mutate();
  };
  const fields = { draft, set, wrong };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Tick name="enabled" {...fields} />
      <Taken {...fields} />
      <Automatic {...fields} />
      <div className={styles.actions}>
        <Button type="submit" size="md" loading={save.isPending} disabled={wrong.length > 0}>
          {t('settings.save')}
        </Button>
        {save.isSuccess && <Mark tone="good">{t('settings.saved')}</Mark>}
        {save.isError && <span role="alert">{textOf(save.error)}</span>}
      </div>
    </form>
  );
}

type FieldsProps = {
  readonly draft: Draft;
  readonly set: <Name extends DraftField>(name: Name, value: Draft[Name]) => void;
  readonly wrong: readonly DraftField[];
};
type TextField = Exclude<DraftField, 'enabled' | 'automatic' | 'otherStorages' | 'storages'>;

function Tick({ name, draft, set }: FieldsProps & { readonly name: 'enabled' | 'automatic' }) {
  const { t } = useTranslation('receipts');
  return (
    <label>
      <input type="checkbox" checked={draft[name]} onChange={(event) => set(name, event.currentTarget.checked)} />{' '}
      {t(`setting.${name}`)}
    </label>
  );
}

function Text({ name, draft, set, wrong }: FieldsProps & { readonly name: TextField }) {
  const { t } = useTranslation('receipts');
  return (
    <TextInput
      label={t(`setting.${name}`)}
      inputMode="decimal"
      maxLength={15}
      value={draft[name]}
      onChange={(event) => set(name, event.currentTarget.value)}
      error={wrong.includes(name) ? t('settings.wrong') : undefined}
    />
  );
}

function Taken(fields: FieldsProps) {
  const { t } = useTranslation('receipts');
  const { draft, set, wrong } = fields;
  return (
    <fieldset className={styles.group}>
      <legend>{t('settings.taken')}</legend>
      <div className={styles.fields}>
        <Text name="maxAgeDays" {...fields} />
        <Text name="minimumSum" {...fields} />
        <Text name="uploadsPerDay" {...fields} />
      </div>
      <Textarea
        label={t('setting.storages')}
        description={t('settings.storagesHint')}
        rows={4}
        maxLength={12_500}
        value={draft.storages}
        onChange={(event) => set('storages', event.currentTarget.value)}
        error={wrong.includes('storages') ? t('settings.wrongStorages') : undefined}
      />
      <NativeSelect
        label={t('setting.otherStorages')}
        value={draft.otherStorages}
        onChange={(event) => set('otherStorages', event.currentTarget.value as Draft['otherStorages'])}
        data={(['review', 'reject'] as const).map((value) => ({ value, label: t(`others.${value}`) }))}
      />
    </fieldset>
  );
}

function Automatic(fields: FieldsProps) {
  const { t } = useTranslation('receipts');
  return (
    <fieldset className={styles.group}>
      <legend>{t('settings.automatic')}</legend>
      <Tick name="automatic" {...fields} />
      <p className={styles.quiet}>{t('settings.automaticHint')}</p>
      {fields.draft.automatic && (
        <div className={styles.fields}>
          <Text name="afterHours" {...fields} />
          <Text name="maxSum" {...fields} />
          <Text name="perDay" {...fields} />
          <Text name="perMonth" {...fields} />
        </div>
      )}
    </fieldset>
  );
}
