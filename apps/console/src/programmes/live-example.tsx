import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ProgrammeDetail } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { useErrorText } from '../ui/states.tsx';
import { exampleQuery } from './api.ts';
import { type Body, levelsOf } from './body.ts';
import { AmountField, Choice } from './fields.tsx';
import styles from './live-example.module.css';

const SOON = 350;
type ExampleProps = { readonly programme: ProgrammeDetail; readonly body: Body };

/** A check that nobody has made, reckoned by the same code as a real one, while one types. */
export function LiveExample({ programme, body }: ExampleProps) {
  const { t } = useTranslation('programmes');
  const levels = levelsOf(body);
  const [total, setTotal] = useState(100_000);
  const [balance, setBalance] = useState(100_000);
  const [chosen, setChosen] = useState<string>();
  const level = levels.some(({ id }) => id === chosen) ? chosen : levels[0]?.id;
  const [asked] = useDebouncedValue({ body, total, balance, level }, SOON);
  const wish = { total: asked.total, balance: asked.balance, ...(asked.level ? { level: asked.level } : {}) };
  const example = useQuery(exampleQuery(String(programme.programmeId), asked.body, wish));
  return (
    <section className={styles.example} aria-label={t('example.title')}>
      <h2 className={styles.exampleTitle}>{t('example.title')}</h2>
      <div className={styles.inputs}>
        <AmountField label={t('example.total')} value={total} onChange={(value) => setTotal(value ?? 0)} />
        <AmountField label={t('example.balance')} value={balance} onChange={(value) => setBalance(value ?? 0)} />
      </div>
      {levels.length > 1 && (
        <Choice
          label={t('example.level')}
          value={level ?? ''}
          choices={levels.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
      )}
      <Told example={example} />
    </section>
  );
}

function Told({
  example,
}: {
  readonly example: ReturnType<
    typeof useQuery<Awaited<ReturnType<NonNullable<ReturnType<typeof exampleQuery>['queryFn']>>>>
  >;
}) {
  const { t } = useTranslation('programmes');
  const format = useFormat();
  const textOf = useErrorText();
  if (example.isError) {
    const fields = example.error instanceof ApiError ? example.error.fields : [];
    return (
      <div role="status" className={styles.sentence}>
        {fields.length > 0 ? fields.map(({ path, message }) => <p key={path}>{message}</p>) : textOf(example.error)}
      </div>
    );
  }
  if (!example.data) return null;
  const { earn, maxSpend, discount, money, text, trace } = example.data;
  return (
    <div className={`${styles.told} ${example.isPlaceholderData ? styles.stale : ''}`} aria-live="polite">
      <div className={styles.figures}>
        {discount > 0 ? (
          <div>
            <div className={styles.figure}>{format.money(discount)}</div>
            <div className={styles.figureWord}>{t('example.discount', { money: format.money(money) })}</div>
          </div>
        ) : (
          <div>
            <div className={styles.figure}>{format.pointsNumber(earn, { signed: true })}</div>
            <div className={styles.figureWord}>{t('example.earn')}</div>
          </div>
        )}
        <div>
          <div className={`${styles.figure} ${styles.small}`}>{format.pointsNumber(maxSpend)}</div>
          <div className={styles.figureWord}>{t('example.spend')}</div>
        </div>
      </div>
      <p className={styles.sentence}>{text}</p>
      {trace.length > 0 && (
        <ul className={styles.trace}>
          {trace.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
