import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import table from '../ui/table.module.css';
import { levelsOf, valueAt } from './body.ts';
import { discountOf, venuesOf, withDiscount } from './discounts.ts';
import styles from './editor.module.css';
import { PercentField, Section } from './fields.tsx';
import type { PartProps } from './part-props.ts';

/** Discounts by level and venue. An empty cell takes the column for all venues. */
export function MatrixSection({ draft: { body, change } }: PartProps) {
  const { t } = useTranslation('programmes');
  const [added, setAdded] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const venues = [...new Set([...venuesOf(body), ...added])];
  const columns: readonly (string | null)[] = [null, ...venues];
  const rest = valueAt(body, ['discount', 'defaultBasisPoints']);
  const addVenue = (): void => {
    if (typed.trim() !== '') setAdded([...added, typed.trim()]);
    setTyped('');
  };
  return (
    <Section title={t('matrix.title')} lead={t('matrix.lead')}>
      <div className={styles.matrix}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('matrix.level')}</th>
              {columns.map((venue) => (
                <th key={venue ?? ''} scope="col">
                  {venue === null ? t('matrix.anyVenue') : t('matrix.venue', { venue })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levelsOf(body).map((level) => (
              <tr key={level.id}>
                <td>{level.name}</td>
                {columns.map((venue) => (
                  <td key={venue ?? ''}>
                    <PercentField
                      hideLabel
                      optional
                      label={`${level.name} × ${venue ?? t('matrix.anyVenue')}`}
                      value={discountOf(body, level.id, venue)}
                      onChange={(value) => change(['discount'], withDiscount(body, 'matrix', level.id, venue, value))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.when}>
        <TextInput
          label={t('matrix.newVenue')}
          description={t('matrix.newVenueHint')}
          value={typed}
          inputMode="numeric"
          maxLength={20}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" onClick={addVenue} disabled={typed.trim() === ''}>
          {t('matrix.addVenue')}
        </Button>
        <PercentField
          label={t('matrix.rest')}
          value={typeof rest === 'number' ? rest : 0}
          onChange={(value) => change(['discount', 'defaultBasisPoints'], value ?? 0)}
        />
      </div>
    </Section>
  );
}
