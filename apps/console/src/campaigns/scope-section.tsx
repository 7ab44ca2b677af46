import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { PassChoices, PassRow } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { FilterFields } from '../passes/filters.tsx';
import { Group } from '../ui/forms/settings-form.tsx';
import { Icon } from '../ui/icon.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './campaigns.module.css';
import { type Draft, type Picked, SCOPES, type ScopeKind } from './draft.ts';
import { foundCardsQuery } from './queries.ts';
import { TwoLists } from './two-lists.tsx';
import type { CampaignForm } from './use-campaign.ts';

const MOST: Readonly<Record<ScopeKind, number>> = { certificates: 100, designs: 500, passes: 1_000 };
const SEARCH_AFTER_MILLISECONDS = 300;
/** Fewer than these are seen at a glance. */
const SEARCHED_FROM = 8;

type SectionProps = { readonly form: CampaignForm; readonly choices: PassChoices };

/** Whose cards, and which of them. */
export function ScopeSection({ form, choices }: SectionProps) {
  const { t } = useTranslation('campaigns');
  const { draft, change, errorOf } = form;
  const { scope } = draft;
  const pick = (items: readonly Picked[]): void =>
    change((before) => ({ picked: { ...before.picked, [scope]: items } }));
  const error = errorOf('scope');
  return (
    <Group title={t('scope.title')}>
      <SegmentedControl
        fullWidth
        aria-label={t('scope.title')}
        value={scope}
        onChange={(value) => change({ scope: value })}
        data={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
      />
      <p className="small quiet">{t(`scopeHint.${scope}`)}</p>
      {scope === 'passes' ? (
        <CardsPicker picked={draft.picked.passes} onChange={pick} />
      ) : (
        <NamesPicker
          key={scope}
          options={optionsOf(scope, choices, t('scope.archived'))}
          draft={draft}
          onChange={pick}
        />
      )}
      {error && (
        <p role="alert" className={styles.wrong}>
          {error}
        </p>
      )}
      <FilterFields
        filters={draft.filters}
        without={['designId', 'state']}
        onChange={(filters) => change({ filters })}
      />
    </Group>
  );
}

function optionsOf(scope: 'certificates' | 'designs', choices: PassChoices, archived: string): Picked[] {
  if (scope === 'certificates') return choices.credentials.map(({ credentialId: id, name }) => ({ id, name }));
  const label = ({ name, archived: isArchived }: PassChoices['designs'][number]) =>
    isArchived ? `${name} (${archived})` : name;
  return choices.designs.map((design) => ({ id: design.designId, name: label(design) }));
}

type PickerProps = { readonly onChange: (picked: readonly Picked[]) => void };

function NamesPicker({ options, draft, onChange }: PickerProps & { options: readonly Picked[]; draft: Draft }) {
  const { t } = useTranslation('campaigns');
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const shown = words === '' ? options : options.filter(({ name }) => name.toLowerCase().includes(words));
  const field = <Search value={search} label={t('picker.searchNames')} onChange={setSearch} />;
  return (
    <TwoLists
      options={shown}
      picked={draft.picked[draft.scope]}
      most={MOST[draft.scope]}
      onChange={onChange}
      search={options.length < SEARCHED_FROM ? undefined : field}
      empty={words === '' ? t('picker.all') : t('picker.none')}
    />
  );
}

/** Single cards are found, by all that the list of cards finds them by. */
function CardsPicker({ picked, onChange }: PickerProps & { readonly picked: readonly Picked[] }) {
  const { t } = useTranslation('campaigns');
  const textOf = useErrorText();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MILLISECONDS);
  const found = useQuery(foundCardsQuery(search));
  const nameOf = ({ serial, guestName, phone }: PassRow): string =>
    [guestName || (phone ? format.phone(phone) : ''), serial].filter(Boolean).join(' · ');
  const options = search === '' ? [] : (found.data?.items ?? []).map((row) => ({ id: row.passId, name: nameOf(row) }));
  const empty = search === '' ? t('picker.typeFirst') : found.isFetching ? t('picker.looking') : t('picker.none');
  return (
    <>
      <TwoLists
        options={options}
        picked={picked}
        most={MOST.passes}
        onChange={onChange}
        search={<Search value={typed} label={t('picker.searchCards')} onChange={setTyped} />}
        empty={empty}
      />
      {found.isError && (
        <p role="alert" className={styles.wrong}>
          {textOf(found.error)}
        </p>
      )}
    </>
  );
}

type SearchProps = { readonly value: string; readonly label: string; readonly onChange: (text: string) => void };

const Search = ({ value, label, onChange }: SearchProps) => (
  <TextInput
    type="text"
    size="sm"
    autoComplete="off"
    maxLength={100}
    aria-label={label}
    placeholder={label}
    leftSection={<Icon name="search" size={18} />}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    // The form behind it is sent by its buttons alone.
    onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
  />
);
