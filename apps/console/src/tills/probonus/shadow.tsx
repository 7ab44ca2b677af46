import { PasswordInput, TextInput } from '@mantine/core';
import type { ProbonusSettings, ProbonusShadow } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, TextField, TickField } from '../../ui/forms/fields.tsx';
import { Fields, Group, SettingsForm } from '../../ui/forms/settings-form.tsx';
import { useSettings } from '../../ui/forms/use-settings.ts';
import { readCredentials, readShadow, type ShadowDraft, shadowDraftOf } from './draft.ts';
import { useSaveProbonus } from './queries.ts';

const NOTHING = { token: '', login: '', password: '' };

/** The old server that calls are mirrored to, before the tills are switched over. */
export function Shadow({ saved }: { readonly saved: ProbonusSettings }) {
  const { t } = useTranslation('tills');
  const save = useSaveProbonus();
  // Secrets are kept nowhere in the browser.
  const [secret, setSecret] = useState(NOTHING);
  const form = useSettings<ProbonusShadow | null, ShadowDraft>({
    name: 'probonus.shadow',
    saved: saved.shadow,
    draftOf: shadowDraftOf,
    read: readShadow,
    async write(shadow) {
      const credentials = readCredentials(form.draft.way, secret);
      await save({ shadow, ...(credentials ? { credentials } : {}) });
      setSecret(NOTHING);
    },
  });
  const stored = saved.hasCredentials ? t('probonus.shadow.stored') : t('probonus.shadow.notStored');
  const { way } = form.draft;
  return (
    <SettingsForm form={form}>
      <Group title={t('probonus.shadow.title')} hint={t('probonus.shadow.hint')}>
        <TickField form={form} name="on" label={t('probonus.shadow.on')} />
        <Fields>
          <TextField
            form={form}
            name="url"
            words
            maxLength={500}
            label={t('probonus.shadow.url')}
            placeholder="https://probonus.example"
            wrong={t('probonus.shadow.urlWrong')}
          />
          <TextField
            form={form}
            name="seconds"
            label={t('probonus.shadow.seconds')}
            wrong={t('probonus.shadow.secondsWrong')}
          />
        </Fields>
        <ChoiceField
          form={form}
          name="way"
          label={t('probonus.shadow.way')}
          hint={stored}
          of={(['token', 'login'] as const).map((value) => ({ value, label: t(`probonus.ways.${value}`) }))}
        />
        {way === 'token' ? (
          <PasswordInput
            size="md"
            label={t('probonus.shadow.token')}
            autoComplete="off"
            maxLength={2_000}
            value={secret.token}
            onChange={(event) => setSecret({ ...secret, token: event.currentTarget.value })}
          />
        ) : (
          <Fields>
            <TextInput
              size="md"
              label={t('probonus.shadow.login')}
              autoComplete="off"
              maxLength={254}
              value={secret.login}
              onChange={(event) => setSecret({ ...secret, login: event.currentTarget.value })}
            />
            <PasswordInput
              size="md"
              label={t('probonus.shadow.password')}
              autoComplete="new-password"
              maxLength={1_024}
              value={secret.password}
              onChange={(event) => setSecret({ ...secret, password: event.currentTarget.value })}
            />
          </Fields>
        )}
      </Group>
    </SettingsForm>
  );
}
