import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Import } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import { useImportStep } from './import-write.ts';
import styles from './imports.module.css';
import { columnsQuery } from './queries.ts';

const NAMES = [
  'phone',
  'card',
  'external',
  'fullName',
  'lastName',
  'firstName',
  'middleName',
  'birthday',
  'sex',
  'email',
  'level',
  'turnover',
  'points',
  'activates',
  'expires',
  'key',
] as const;
const LOT_NAMES = ['points', 'activates', 'expires'] as const;
const IDENTIFIERS = ['phone', 'card', 'external'];

type StepProps = { readonly row: Import; readonly onDone: () => void };

/** What each column says: guessed by the server, confirmed here, with a few lines to see by. */
export function ColumnsStep({ row, onDone }: StepProps) {
  const found = useQuery(columnsQuery(row.importId));
  if (found.isPending) return <SkeletonBlock height={240} />;
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const { samples, encoding, delimiter } = found.data;
  return <Columns row={found.data.import} samples={samples} format={{ encoding, delimiter }} onDone={onDone} />;
}

type ColumnsProps = StepProps & {
  readonly samples: readonly (readonly string[])[];
  readonly format: { readonly encoding: string; readonly delimiter: string };
};

function Columns({ row, samples, format, onDone }: ColumnsProps) {
  const { t } = useTranslation('imports');
  const textOf = useErrorText();
  const step = useImportStep(row.importId);
  const headings = row.columns ?? [];
  const [fields, setFields] = useState<readonly (string | null)[]>(row.fields ?? headings.map(() => null));
  const named = fields.some((field) => field !== null && IDENTIFIERS.includes(field));
  const choose = (place: number, field: string): void =>
    setFields(fields.map((known, index) => (index === place ? field || null : known === field ? null : known)));
  const delimiter = format.delimiter === '\t' ? t('columns.tab') : format.delimiter;
  return (
    <section className={styles.block}>
      <h2>{t('columns.title')}</h2>
      <p className={styles.quiet}>
        {t('columns.text')} {t('columns.format', { encoding: format.encoding, delimiter })}
      </p>
      <div className={styles.columns}>
        {headings.map((heading, place) => (
          <ColumnRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; headings may repeat.
            key={place}
            heading={heading}
            samples={samples.map((cells) => cells[place] ?? '')}
            field={fields[place] ?? null}
            onChoose={(field) => choose(place, field)}
          />
        ))}
      </div>
      {!named && <p className={styles.notice}>{t('columns.needed')}</p>}
      {step.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(step.error)}
        </p>
      )}
      <div className={styles.ways}>
        <Button
          size="md"
          disabled={!named}
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'check', body: { fields } }, { onSuccess: onDone })}
        >
          {t('columns.check')}
        </Button>
      </div>
    </section>
  );
}

type ColumnRowProps = {
  readonly heading: string;
  readonly samples: readonly string[];
  readonly field: string | null;
  readonly onChoose: (field: string) => void;
};

function ColumnRow({ heading, samples, field, onChoose }: ColumnRowProps) {
  const { t } = useTranslation('imports');
  const plain = NAMES.map((name) => ({ value: name as string, label: t(`field.${name}`) }));
  const numbered = [2, 3, 4, 5, 6, 7, 8, 9].flatMap((number) =>
    LOT_NAMES.map((name) => ({
      value: `${name}.${number}`,
      label: t('field.lot', { field: t(`field.${name}`), number }),
    })),
  );
  return (
    <div className={`${styles.column} ${field === null ? styles.out : ''}`}>
      <span>
        <span className={styles.heading}>{heading || '—'}</span>
        <span className={styles.sample}>{samples.filter(Boolean).slice(0, 3).join(' · ')}</span>
      </span>
      <NativeSelect
        size="md"
        aria-label={heading}
        value={field?.replace(/\.1$/, '') ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={[{ value: '', label: t('columns.left') }, ...plain, ...numbered]}
      />
    </div>
  );
}
