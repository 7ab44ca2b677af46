import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Publication, RulesVersion } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { versionsQuery } from './api.ts';
import styles from './editor.module.css';

/** Every version that was ever published, what it changed, and the way back to it. */
export function Versions({ programmeId }: { readonly programmeId: string }) {
  const versions = useInfiniteQuery(versionsQuery(programmeId));
  if (versions.isPending) return <SkeletonRows rows={4} height={88} />;
  if (versions.isError && !versions.data) {
    return <Failed error={versions.error} onRetry={() => void versions.refetch()} />;
  }
  return (
    <>
      <ul className={styles.versions}>
        {versions.data.pages
          .flatMap(({ items }) => items)
          .map((version) => (
            <Version key={version.publicationId} programmeId={programmeId} version={version} />
          ))}
      </ul>
      <More list={versions} />
    </>
  );
}

function Version({ programmeId, version }: { readonly programmeId: string; readonly version: RulesVersion }) {
  const { t } = useTranslation('programmes');
  const queryClient = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const back = useMutation({
    mutationFn: () =>
      request<Publication>(`/programmes/${programmeId}/rollback`, {
        method: 'POST',
        body: { key, rulesId: version.rulesId },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['programmes'] }),
  });
  const { state, author, changes, restoredRulesId } = version;
  return (
    <li className={styles.version}>
      <div className={styles.versionHead}>
        <strong>
          <Moment at={version.effectiveAt} />
        </strong>
        <Mark tone={state === 'live' ? 'good' : 'quiet'}>{t(`version.${state}`)}</Mark>
        {author !== null && <span className={styles.quiet}>{author}</span>}
        {restoredRulesId !== null && <span className={styles.quiet}>{t('version.restored')}</span>}
      </div>
      {changes.length === 0 ? (
        <p className={styles.quiet}>{t('version.first')}</p>
      ) : (
        <ul className={styles.changes}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      {back.isError && <Refused error={back.error} />}
      {(state === 'past' || state === 'withdrawn') && (
        <Button
          className={styles.add ?? ''}
          size="xs"
          variant="default"
          loading={back.isPending}
          onClick={() => back.mutate()}
        >
          {t('version.back')}
        </Button>
      )}
    </li>
  );
}
