import { Button, Progress } from '@mantine/core';
import type { Import } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { useErrorText } from '../ui/states.tsx';
import { useImportStep } from './import-write.ts';
import styles from './imports.module.css';
import { ResultFigures } from './report.tsx';

/** The dry run under way: nobody knows yet how many lines there are. */
export function Checking({ row }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return (
    <section className={styles.block}>
      <h2>{t('progress.checking')}</h2>
      <p className={styles.quiet} role="status">
        {t('progress.checked', { lines: format.count(row.linesDone) })}
      </p>
      <Progress color="var(--clay)" value={100} striped animated aria-label={t('progress.checking')} mt="sm" />
      <Steps row={row} />
    </section>
  );
}

/** The run: how far, how fast, how long still. */
export function Running({ row }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const percent = row.lines === 0 ? 0 : (row.linesDone * 100) / row.lines;
  const facts = [t('progress.done', { done: format.count(row.linesDone), lines: format.count(row.lines) })];
  if (row.rate !== null) facts.push(t('progress.rate', { rate: format.count(row.rate) }));
  if (row.secondsLeft !== null) facts.push(t('progress.left', { left: timeText(row.secondsLeft, t) }));
  return (
    <section className={styles.block}>
      <h2>{t('progress.running')}</h2>
      <p className={styles.quiet} role="status">
        {facts.join(' · ')}
      </p>
      <Progress
        color="var(--clay)"
        value={percent}
        animated={row.status === 'running'}
        striped={row.status === 'running'}
        aria-label={t('progress.running')}
        mt="sm"
      />
      <ResultFigures row={row} />
      <Steps row={row} />
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation<'imports'>>['t'];

function timeText(seconds: number, t: Translate): string {
  return seconds < 100
    ? t('progress.seconds', { number: seconds })
    : t('progress.minutes', { number: Math.ceil(seconds / 60) });
}

function Steps({ row }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  const textOf = useErrorText();
  const step = useImportStep(row.importId);
  return (
    <>
      <div className={styles.ways}>
        {row.status === 'running' && (
          <Button variant="default" loading={step.isPending} onClick={() => step.mutate({ step: 'pause' })}>
            {t('progress.pause')}
          </Button>
        )}
        {row.status === 'paused' && (
          <Button loading={step.isPending} onClick={() => step.mutate({ step: 'run' })}>
            {t('progress.resume')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => step.mutate({ step: 'cancel' })}>
          {t('progress.cancel')}
        </Button>
        {row.linesDone > 0 && row.status !== 'checking' && <span className={styles.quiet}>{t('progress.kept')}</span>}
      </div>
      {step.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(step.error)}
        </p>
      )}
    </>
  );
}
