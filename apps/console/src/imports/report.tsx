import { Button } from '@mantine/core';
import type { Import } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Figures } from '../ui/figures.tsx';
import { useErrorText } from '../ui/states.tsx';
import { useImportStep } from './import-write.ts';
import styles from './imports.module.css';

/** What a run would do, and the decision: import the good lines, choose the columns anew, or leave it. */
export function Report({ row, onColumns }: { readonly row: Import; readonly onColumns: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const textOf = useErrorText();
  const step = useImportStep(row.importId);
  const { report } = row;
  if (!report) return null;
  return (
    <section className={styles.block}>
      <h2>{t('report.title')}</h2>
      <div className={styles.figures}>
        <Figures
          figures={[
            { name: t('report.good'), value: format.count(report.good) },
            ...(report.bad > 0 ? [{ name: t('report.bad'), value: format.count(report.bad), bad: true }] : []),
            { name: t('report.new'), value: format.count(report.guestsNew) },
            { name: t('report.known'), value: format.count(report.guestsKnown) },
            { name: t('report.points'), value: format.pointsNumber(report.points) },
            { name: t('report.lots'), value: format.count(report.lots) },
          ]}
        />
      </div>
      {report.repeatedLots > 0 && <p>{t('report.repeated', { lots: format.count(report.repeatedLots) })}</p>}
      {report.problems.length > 0 && (
        <p className={styles.problems}>
          {report.problems.map(({ message, lines }) => `${message}: ${format.count(lines)}`).join(' · ')}
        </p>
      )}
      {report.bad > 0 && <p className={styles.quiet}>{t('report.mend')}</p>}
      {report.good === 0 && <p className={styles.notice}>{t('report.nothing')}</p>}
      {step.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(step.error)}
        </p>
      )}
      <div className={styles.ways}>
        {report.good > 0 && (
          <Button size="md" loading={step.isPending} onClick={() => step.mutate({ step: 'run' })}>
            {t('report.run')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onColumns}>
          {t('report.columns')}
        </Button>
        <Button size="md" variant="subtle" onClick={() => step.mutate({ step: 'cancel' })}>
          {t('report.cancel')}
        </Button>
      </div>
    </section>
  );
}

/** What a run has done. */
export function Result({ row }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  if (!row.result) return null;
  return (
    <section className={styles.block}>
      <h2>{t('result.title')}</h2>
      <ResultFigures row={row} />
    </section>
  );
}

export function ResultFigures({ row: { result } }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  if (!result) return null;
  return (
    <div className={styles.figures}>
      <Figures
        figures={[
          { name: t('result.opened'), value: format.count(result.opened) },
          { name: t('result.changed'), value: format.count(result.changed) },
          ...(result.unchanged > 0 ? [{ name: t('result.unchanged'), value: format.count(result.unchanged) }] : []),
          { name: t('result.points'), value: format.pointsNumber(result.points) },
          ...(result.rejected > 0
            ? [{ name: t('result.rejected'), value: format.count(result.rejected), bad: true }]
            : []),
        ]}
      />
    </div>
  );
}
