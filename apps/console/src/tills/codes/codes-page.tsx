import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { TillSettings } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/http.ts';
import { ChoiceField, TextField } from '../../ui/forms/fields.tsx';
import { Loaded } from '../../ui/forms/programme-settings.tsx';
import { Fields, Group, SettingsForm } from '../../ui/forms/settings-form.tsx';
import { type FieldsOf, useSettings } from '../../ui/forms/use-settings.ts';
import { TillsPage } from '../room.tsx';
import { Channels } from './channels.tsx';
import { type Draft, draftOf, MODES, NUMBERS, type NumberName, settingsOf } from './draft.ts';
import { StaffExceptions, StationExceptions } from './exceptions.tsx';

const settingsQuery = queryOptions({
  queryKey: ['tills', 'settings'],
  queryFn: ({ signal }) => request<TillSettings>('/till-settings', { signal }),
});

/** Codes that live for minutes: when a guest must tell one, how it reaches him, how long it lives, how often it may fail. */
export function CodesPage() {
  const { t } = useTranslation('tills');
  return (
    <TillsPage title={t('codes.title')} lead={t('codes.lead')} narrow>
      <Loaded query={settingsQuery}>{(saved) => <Settings saved={saved} />}</Loaded>
    </TillsPage>
  );
}

function Settings({ saved }: { readonly saved: TillSettings }) {
  const { t } = useTranslation('tills');
  const queryClient = useQueryClient();
  const form = useSettings<TillSettings, Draft>({
    name: 'codes',
    saved,
    draftOf,
    read: settingsOf,
    async write(body) {
      const answer = await request<TillSettings>('/till-settings', { method: 'PUT', body });
      queryClient.setQueryData(settingsQuery.queryKey, answer);
    },
  });
  return (
    <SettingsForm form={form}>
      <Group title={t('codes.when')} hint={t('codes.whenHint')}>
        <ChoiceField
          form={form}
          name="mode"
          label={t('codes.mode')}
          hint={t(`codes.modeHint.${form.draft.mode}`)}
          of={MODES.map((value) => ({ value, label: t(`codes.modes.${value}`) }))}
        />
        <StationExceptions form={form} />
        <StaffExceptions form={form} />
      </Group>
      <Group title={t('codes.way')} hint={t('codes.wayHint')}>
        <Channels form={form} />
      </Group>
      <Numbers
        form={form}
        title="pin"
        names={['pinDigits', 'pinLifetimeMinutes', 'tries', 'pauseSeconds', 'proofMinutes']}
      />
      <Numbers form={form} title="card" names={['cardDigits', 'cardLifetimeMinutes', 'overlapSeconds']} />
      <Numbers
        form={form}
        title="limits"
        names={['perPhone', 'perAccount', 'perStation', 'perAddress', 'perCompany']}
      />
      <Numbers form={form} title="wrong" names={['wrongPerStation', 'wrongPerCompany', 'wrongPerPhone']} />
    </SettingsForm>
  );
}

type NumbersProps = {
  readonly form: FieldsOf<Draft>;
  readonly title: 'pin' | 'card' | 'limits' | 'wrong';
  readonly names: readonly NumberName[];
};

function Numbers({ form, title, names }: NumbersProps) {
  const { t } = useTranslation('tills');
  return (
    <Group title={t(`codes.group.${title}`)} hint={t(`codes.groupHint.${title}`)}>
      <Fields>
        {names.map((name) => {
          const [, , least, most] = NUMBERS[name];
          const wrong = t('codes.between', { least, most });
          return <TextField key={name} form={form} name={name} label={t(`codes.number.${name}`)} wrong={wrong} />;
        })}
      </Fields>
    </Group>
  );
}
