import { useQuery } from '@tanstack/react-query';
import type { CouponProgrammes, FarCards, FarCardsAnswer } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { languages } from '../../app/language.ts';
import { ChoiceField, LinesField } from '../../ui/forms/fields.tsx';
import { Group, SettingsForm } from '../../ui/forms/settings-form.tsx';
import { type FieldsOf, useSettings } from '../../ui/forms/use-settings.ts';
import { SkeletonBlock } from '../../ui/skeleton-rows.tsx';
import { Failed } from '../../ui/states.tsx';
import styles from '../tills.module.css';
import { type Draft, draftOf, settingsOf } from './draft.ts';
import { LevelCodes } from './level-codes.tsx';
import { levelsQuery, useSaveRKeeper } from './queries.ts';
import { Restaurants } from './restaurants.tsx';

type SettingsProps = { readonly saved: FarCards; readonly examples: FarCardsAnswer['examples'] };

export function RKeeperSettings({ saved, examples }: SettingsProps) {
  const { t } = useTranslation('tills');
  const save = useSaveRKeeper();
  const levels = useQuery(levelsQuery);
  const programmes = levels.data?.items ?? [];
  const form = useSettings<FarCards, Draft>({
    name: 'r-keeper',
    saved,
    draftOf,
    read: settingsOf,
    write: (settings) => save.mutateAsync({ settings }),
  });
  return (
    <SettingsForm form={form}>
      <Group title={t('rKeeper.station')}>
        <ChoiceField
          form={form}
          name="language"
          label={t('rKeeper.language')}
          of={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
        />
        <Example example={examples[form.draft.language]} programmes={programmes} />
      </Group>
      <Group title={t('rKeeper.levels.title')} hint={t('rKeeper.levels.hint')}>
        {levels.isPending && <SkeletonBlock height={160} />}
        {levels.isError && <Failed error={levels.error} onRetry={() => void levels.refetch()} />}
        <LevelCodes form={form} programmes={programmes} />
      </Group>
      <Group title={t('rKeeper.restaurants.title')} hint={t('rKeeper.restaurants.hint')}>
        <Restaurants form={form} />
      </Group>
      <Callers form={form} />
    </SettingsForm>
  );
}

function Callers({ form }: { readonly form: FieldsOf<Draft> }) {
  const { t } = useTranslation('tills');
  return (
    <Group title={t('rKeeper.callers')}>
      <LinesField
        form={form}
        name="addresses"
        label={t('rKeeper.addresses')}
        hint={t('rKeeper.addressesHint')}
        wrong={t('rKeeper.addressesWrong')}
        maxLength={5_000}
      />
    </Group>
  );
}

type ExampleProps = {
  readonly example: FarCardsAnswer['examples']['ru'];
  readonly programmes: CouponProgrammes['items'];
};

/** What the cashier sees of a guest, and what stands on the slip: the server's own sentences, a level of the company. */
function Example({ example, programmes }: ExampleProps) {
  const { t } = useTranslation('tills');
  const level = programmes[0]?.levels.at(-1)?.name ?? '';
  const told = [
    ['screen', example.screen.replace('{level}', level)],
    ['slip', example.slip],
    ['cancelled', example.cancelled],
  ] as const;
  return (
    <dl className={styles.seen}>
      {told.map(([name, text]) => (
        <div key={name}>
          <dt>{t(`rKeeper.example.${name}`)}</dt>
          <dd className={name === 'screen' ? styles.screen : styles.slip}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
