import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../ui/search-field.tsx';
import type { FilterName, Filters } from './filter-names.ts';
import styles from './passes.module.css';
import { choicesQuery } from './queries.ts';

type FilterProps = { readonly filters: Filters; readonly onChange: (filters: Filters) => void };

/** Without what is empty: the address names only what is asked for. */
const withChange = (filters: Filters, name: FilterName, value: string): Filters =>
  Object.fromEntries(Object.entries({ ...filters, [name]: value }).filter(([, text]) => text !== ''));

/** Search and filters of the list; what is chosen stands in the address. */
export function PassFilters({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  const navigate = useNavigate();
  const onChange = (next: Filters): void => {
    void navigate({ to: '/passes', search: next, replace: true, resetScroll: true });
  };
  return (
    <>
      <SearchField
        search={filters.search ?? ''}
        label={t('search.label')}
        clear={t('search.clear')}
        onSearch={(words) => onChange(withChange(filters, 'search', words))}
      />
      <FilterFields filters={filters} onChange={onChange} />
    </>
  );
}

/** The filters under their fold; open where one is chosen. */
export function FilterFields({
  filters,
  onChange,
  without = [],
}: FilterProps & {
  /** What is no choice here. */
  readonly without?: readonly FilterName[];
}) {
  const { t } = useTranslation('passes');
  const choices = useQuery(choicesQuery);
  const chosen = Object.keys(filters).filter((name) => name !== 'search').length;
  const any = { value: '', label: t('filter.any') };
  const choose = (name: FilterName, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={t(`filter.${name}`)}
      value={filters[name] ?? ''}
      onChange={(event) => onChange(withChange(filters, name, event.currentTarget.value))}
      data={[any, ...data]}
    />
  );
  const words = (name: 'state' | 'installed' | 'platform', values: readonly string[]) =>
    choose(
      name,
      values.map((value) => ({ value, label: t(`filter.words.${value}`) })),
    );
  const typed = (name: 'pointsOver' | 'createdFrom' | 'createdTo', type: 'text' | 'date') => (
    <TextInput
      type={type}
      inputMode={type === 'text' ? 'numeric' : undefined}
      maxLength={10}
      label={t(`filter.${name}`)}
      value={filters[name] ?? ''}
      onChange={(event) => onChange(withChange(filters, name, event.currentTarget.value))}
    />
  );
  const designs = (choices.data?.designs ?? []).map((one) => ({ value: String(one.designId), label: one.name }));
  const levels = new Map((choices.data?.levels ?? []).map((one) => [one.levelId, one.name]));
  return (
    <details className={styles.filters} open={chosen > 0}>
      <summary>{chosen > 0 ? t('filter.chosen', { count: chosen }) : t('filter.title')}</summary>
      <div className={styles.fields}>
        {!without.includes('designId') && choose('designId', designs)}
        {!without.includes('state') && words('state', ['active', 'voided'])}
        {words('installed', ['yes', 'no'])}
        {words('platform', ['apple', 'android', 'google'])}
        {choose(
          'level',
          [...levels].map(([value, label]) => ({ value, label })),
        )}
        {typed('pointsOver', 'text')}
        {typed('createdFrom', 'date')}
        {typed('createdTo', 'date')}
      </div>
      {chosen > 0 && (
        <Button
          className="flush"
          variant="subtle"
          size="compact-md"
          onClick={() => onChange(filters.search ? { search: filters.search } : {})}
        >
          {t('filter.clear')}
        </Button>
      )}
    </details>
  );
}
