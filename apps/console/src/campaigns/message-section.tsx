import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CampaignPreview, PassChoices } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { variablesQuery } from '../designs/queries.ts';
import { WithVariables } from '../designs/with-variables.tsx';
import { Group } from '../ui/forms/settings-form.tsx';
import { Banner } from './banner.tsx';
import styles from './campaigns.module.css';
import { TEXT_MAX } from './draft.ts';
import { designsOf, type Place, placesOf } from './places.ts';
import type { CampaignForm } from './use-campaign.ts';

type SectionProps = {
  readonly form: CampaignForm;
  readonly choices: PassChoices;
  readonly preview: CampaignPreview | undefined;
};

/** What the cards say, and where on them. */
export function MessageSection({ form, choices, preview }: SectionProps) {
  const { t } = useTranslation('campaigns');
  const { draft, change, errorOf } = form;
  return (
    <Group title={t('message.title')}>
      <FieldChoice form={form} choices={choices} preview={preview} />
      <MessageText form={form} unknown={preview?.unknownVariables ?? []} />
      <TextInput
        size="md"
        type="url"
        inputMode="url"
        autoComplete="off"
        maxLength={2_000}
        label={t('message.url')}
        description={t('message.urlHint')}
        placeholder="https://"
        value={draft.url}
        error={errorOf('url')}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <Banner form={form} preview={preview} />
    </Group>
  );
}

function FieldChoice({ form, choices, preview }: SectionProps) {
  const { t } = useTranslation('campaigns');
  const { draft, change, errorOf } = form;
  const chosen = designsOf(draft, choices, preview);
  const places = placesOf(chosen.length > 0 ? chosen : choices.designs);
  const isKnown = places.some(({ place }) => place === draft.field);
  const label = ({ place, group, number, labels }: Place): string => {
    const where = t(`place.${group}`, { number });
    const called = labels.map((name) => t('scopeWords.quoted', { name })).join(', ');
    return called === '' ? `${where} (${place})` : `${where} (${place}): ${called}`;
  };
  return (
    <NativeSelect
      size="md"
      label={t('message.field')}
      description={t('message.fieldHint')}
      value={draft.field}
      error={errorOf('field')}
      onChange={(event) => change({ field: event.currentTarget.value })}
      data={[
        ...(isKnown ? [] : [{ value: draft.field, label: t('message.noField', { field: draft.field }) }]),
        ...places.map((place) => ({ value: place.place, label: label(place) })),
      ]}
    />
  );
}

function MessageText({ form, unknown }: { readonly form: CampaignForm; readonly unknown: readonly string[] }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const variables = useQuery(variablesQuery());
  const { draft, change, errorOf } = form;
  const onChange = (text: string): void => change({ text });
  return (
    <div>
      <WithVariables
        label={t('message.text')}
        value={draft.text}
        maxLength={TEXT_MAX}
        variables={variables.data?.items ?? []}
        onChange={onChange}
      >
        <Textarea
          size="md"
          autosize
          minRows={4}
          maxRows={12}
          maxLength={TEXT_MAX}
          label={t('message.text')}
          placeholder={t('message.placeholder')}
          value={draft.text}
          error={errorOf('text')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </WithVariables>
      <p className={styles.count}>
        {t('message.count', { number: format.count(draft.text.length), most: format.count(TEXT_MAX) })}
      </p>
      {unknown.length > 0 && (
        <p role="alert" className={styles.warn}>
          {t('message.unknown', { count: unknown.length, names: unknown.map((name) => `${name}#`).join(', ') })}
        </p>
      )}
    </div>
  );
}
