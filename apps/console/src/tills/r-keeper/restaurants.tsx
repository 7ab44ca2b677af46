import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../../ui/forms/use-settings.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from '../tills.module.css';
import { type Draft, isRow } from './draft.ts';

type Row = Draft['restaurants'][number];

/** Which restaurant of r_keeper is which venue here, a row each. */
export function Restaurants({ form }: { readonly form: FieldsOf<Draft> }) {
  const { t } = useTranslation('tills');
  const rows = form.draft.restaurants;
  const change = (place: number, part: Partial<Row>): void =>
    form.change({ restaurants: rows.map((row, index) => (index === place ? { ...row, ...part } : row)) });
  const field = (row: Row, place: number, name: keyof Row) => (
    <TextInput
      {...(place === 0 ? { label: t(`rKeeper.restaurants.${name}`) } : {})}
      aria-label={t(`rKeeper.restaurants.${name}`)}
      size="md"
      inputMode="numeric"
      autoComplete="off"
      maxLength={50}
      value={row[name]}
      error={!isRow(row)}
      onChange={(event) => change(place, { [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its fields are told from outside
        <div key={place} className={styles.row}>
          {field(row, place, 'code')}
          {field(row, place, 'venue')}
          <Button
            size="md"
            variant="subtle"
            aria-label={t('rKeeper.restaurants.remove', { code: row.code })}
            onClick={() => form.change({ restaurants: rows.filter((_, index) => index !== place) })}
          >
            <Icon name="close" size={18} />
          </Button>
        </div>
      ))}
      {form.wrong.includes('restaurants') && <p className={styles.wrong}>{t('rKeeper.restaurants.wrong')}</p>}
      <div>
        <Button
          variant="default"
          onClick={() => form.change({ restaurants: [...rows, { code: '', venue: '' }] })}
          disabled={rows.length >= 1000}
        >
          {t('rKeeper.restaurants.add')}
        </Button>
      </div>
    </>
  );
}
