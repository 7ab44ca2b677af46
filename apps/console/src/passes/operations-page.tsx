import { Button, Progress } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { PassOperation } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Figures } from '../ui/figures.tsx';
import { Mark, type Tone } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock, SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import styles from './passes.module.css';
import { isMoving, operationQuery, operationsQuery } from './queries.ts';
import { useOperationStep } from './write.ts';

const tones: Readonly<Record<PassOperation['state'], Tone>> = {
  waiting: 'quiet',
  running: 'quiet',
  paused: 'warning',
  finished: 'good',
  cancelled: 'quiet',
  undoing: 'quiet',
  undone: 'quiet',
};

/** What was done with many cards before. */
export function OperationsPage() {
  const { t } = useTranslation('passes');
  const format = useFormat();
  const list = useInfiniteQuery(operationsQuery);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('operations.title')} lead={t('operations.lead')} back={{ to: '/passes', label: t('title') }} narrow>
      {list.isPending && <SkeletonRows height={48} rows={3} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <p className="quiet">{t('operations.empty')}</p>}
      <ul className={styles.phoneList}>
        {rows.map((row) => (
          <li key={row.operationId}>
            <span className={styles.named}>
              <Link to="/passes/operations/$operationId" params={{ operationId: String(row.operationId) }}>
                {t(`kinds.${row.kind}`)}
              </Link>
              <Mark tone={tones[row.state]}>{t(`operations.states.${row.state}`)}</Mark>
            </span>
            <span className="quiet">
              {t('operations.cards', { number: format.count(row.done) })} · <Moment at={row.createdAt} />
            </span>
          </li>
        ))}
      </ul>
      <More list={list} />
    </Page>
  );
}

/** One operation: how far it is, what came out, and the way back. */
export function OperationPage() {
  const { t } = useTranslation('passes');
  const { operationId } = useParams({ from: '/rooms/passes/operations/$operationId' });
  const found = useQuery(operationQuery(operationId));
  const title = found.data ? t(`kinds.${found.data.kind}`) : t('operations.title');
  return (
    <Page title={title} back={{ to: '/passes/operations', label: t('operations.title') }} narrow>
      {found.isPending && <SkeletonBlock height={180} />}
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Operation row={found.data} />}
    </Page>
  );
}

function Operation({ row }: { readonly row: PassOperation }) {
  const { t } = useTranslation('passes');
  const format = useFormat();
  const textOf = useErrorText();
  const step = useOperationStep(row.operationId);
  const back = row.state === 'undoing' || row.state === 'undone';
  const looked = back ? row.undone + row.kept : row.done + row.same + row.failed;
  const all = back ? row.done : row.total;
  const isOpen = row.state === 'waiting' || row.state === 'running' || row.state === 'paused';
  const isDeletion = row.change.kind === 'delete_design';
  const percent = all === 0 ? 100 : Math.min(100, (looked * 100) / all);
  const figures = [
    ['done', row.done],
    ['same', row.same],
    ['failed', row.failed],
    ...(back
      ? ([
          ['undone', row.undone],
          ['kept', row.kept],
        ] as const)
      : []),
  ] as const;
  return (
    <section className={styles.block}>
      <p role="status" className={styles.named}>
        <Mark tone={tones[row.state]}>{t(`operations.states.${row.state}`)}</Mark>
        <span>
          {row.state === 'waiting'
            ? t('operations.cards', { number: format.count(row.total) })
            : t('operations.progress', { looked: format.count(looked), total: format.count(all) })}
        </span>
      </p>
      {row.state === 'waiting' ? (
        <p>{t('operations.waits')}</p>
      ) : (
        <>
          <Progress
            color="var(--clay)"
            value={percent}
            animated={isMoving(row)}
            striped={isMoving(row)}
            aria-label={t('operations.progressName')}
            my="sm"
          />
          <Figures
            figures={figures.map(([name, number]) => ({
              name: t(`operations.figures.${name}`),
              value: format.count(number),
              bad: name === 'failed' && number > 0,
            }))}
          />
        </>
      )}
      <p className="quiet">{what(row, t)}</p>
      <div className={styles.actions}>
        {row.state === 'running' && (
          <Button variant="default" onClick={() => step.mutate('pause')}>
            {t('operations.pause')}
          </Button>
        )}
        {row.state === 'paused' && <Button onClick={() => step.mutate('resume')}>{t('operations.resume')}</Button>}
        {isOpen && (
          <Button variant="subtle" onClick={() => step.mutate('cancel')}>
            {t('operations.cancel')}
          </Button>
        )}
        {row.undoable && (
          <Button variant="default" loading={step.isPending} onClick={() => step.mutate('undo')}>
            {t('operations.undo')}
          </Button>
        )}
      </div>
      {isDeletion && isOpen && <p className="small quiet">{t('operations.designStop')}</p>}
      {row.undoable && <p className="small quiet">{t(isDeletion ? 'operations.designBack' : 'operations.undoText')}</p>}
      {step.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(step.error)}
        </p>
      )}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation<'passes'>>['t'];

const what = ({ change }: PassOperation, t: Translate): string => {
  switch (change.kind) {
    case 'set_field':
      return t('operations.set', { field: change.field, value: change.value });
    case 'announce':
      return `«${change.text}»`;
    case 'clear_field':
      return t('operations.cleared', { field: change.field });
    case 'delete_design':
      return change.to
        ? t('operations.designMoved', { name: change.name, to: change.to.name })
        : t('operations.designEnded', { name: change.name });
    default:
      return '';
  }
};
