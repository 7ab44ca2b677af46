import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReferralSettingsBody } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import { type Draft, type DraftField, draftOf, settingsOf } from './draft.ts';
import { Example } from './example.tsx';
import { settingsQuery } from './queries.ts';
import styles from './referral.module.css';

type FormProps = { readonly programmeId: number; readonly settings: ReferralSettingsBody };

/** The settings with the sentence that they make, changing as they are typed. */
export function SettingsForm({ programmeId, settings: saved }: FormProps) {
  const { t } = useTranslation('referral');
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(saved, currentLanguage() === 'ru'));
  const { settings, wrong } = settingsOf(draft, saved);
  const save = useMutation({
    mutationFn: () =>
      request<ReferralSettingsBody>(`/programmes/${programmeId}/referral`, { method: 'PUT', body: settings }),
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
      <label>
        <input
          type="checkbox"
          checked={draft.enabled}
          onChange={(event) => set('enabled', event.currentTarget.checked)}
        />{' '}
        {t('settings.enabled')}
      </label>
      <Example settings={settings} />
      <Rewards {...fields} />
      <Limits {...fields} />
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
type TextField = Exclude<DraftField, 'enabled' | 'friendMoment' | 'ownMoment' | 'touch' | 'knownDevices'>;

function Text({ name, draft, set, wrong }: FieldsProps & { readonly name: TextField }) {
  const { t } = useTranslation('referral');
  return (
    <TextInput
      size="md"
      label={t(`field.${name}`)}
      inputMode="decimal"
      maxLength={15}
      value={draft[name]}
      onChange={(event) => set(name, event.currentTarget.value)}
      error={wrong.includes(name) ? t('settings.wrong') : undefined}
    />
  );
}

function Moment({ name, draft, set }: FieldsProps & { readonly name: 'friendMoment' | 'ownMoment' }) {
  const { t } = useTranslation('referral');
  return (
    <NativeSelect
      size="md"
      label={t('field.moment')}
      value={draft[name]}
      onChange={(event) => set(name, event.currentTarget.value as Draft['ownMoment'])}
      data={(['at_once', 'after_return_window'] as const).map((value) => ({ value, label: t(`moment.${value}`) }))}
    />
  );
}

function Rewards(fields: FieldsProps) {
  const { t } = useTranslation('referral');
  return (
    <fieldset className={styles.group}>
      <legend>{t('settings.rewards')}</legend>
      <div className={styles.fields}>
        <Text name="friend" {...fields} />
        <Moment name="friendMoment" {...fields} />
        <Text name="own" {...fields} />
        <Moment name="ownMoment" {...fields} />
        <Text name="minimum" {...fields} />
        <Text name="upper" {...fields} />
      </div>
    </fieldset>
  );
}

function Limits(fields: FieldsProps) {
  const { t } = useTranslation('referral');
  const { draft, set } = fields;
  return (
    <fieldset className={styles.group}>
      <legend>{t('settings.limits')}</legend>
      <div className={styles.fields}>
        <Text name="returnDays" {...fields} />
        <Text name="cap" {...fields} />
        <Text name="attributionDays" {...fields} />
        <Text name="pendingDays" {...fields} />
        <NativeSelect
          size="md"
          label={t('field.touch')}
          value={draft.touch}
          onChange={(event) => set('touch', event.currentTarget.value as Draft['touch'])}
          data={(['last', 'first'] as const).map((value) => ({ value, label: t(`touch.${value}`) }))}
        />
        <NativeSelect
          size="md"
          label={t('field.knownDevices')}
          value={draft.knownDevices}
          onChange={(event) => set('knownDevices', event.currentTarget.value as Draft['knownDevices'])}
          data={(['reject', 'accept'] as const).map((value) => ({ value, label: t(`devices.${value}`) }))}
        />
      </div>
    </fieldset>
  );
}
