import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProgrammeDetail, Publication } from '@tessera/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { Moment } from '../ui/moment.tsx';
import { previewQuery } from './api.ts';
import styles from './editor.module.css';
import { Section } from './fields.tsx';
import { instantOfLocal } from './numbers.ts';
import type { DraftInHand } from './use-draft.ts';

type PanelProps = { readonly programme: ProgrammeDetail; readonly draft: DraftInHand };

/** What would change, in words; then: now, or at a time. */
export function PublishPanel({ programme, draft }: PanelProps) {
  const { t } = useTranslation('programmes');
  const { timeZone } = useSession().company;
  const [typed, setTyped] = useState('');
  const at = typed === '' ? null : instantOfLocal(typed, timeZone);
  const [asked] = useDebouncedValue({ body: draft.body, at }, 350);
  const preview = useQuery(previewQuery(String(programme.programmeId), asked.body, asked.at));
  const publish = usePublish(programme, draft);
  const { changes = [], problems = [], publishable = false } = preview.data ?? {};
  if (programme.next) return <Scheduled programme={programme} at={programme.next.at} />;
  return (
    <section className={styles.publish}>
      <h2 className={styles.sectionTitle}>{t('publish.title')}</h2>
      <div className={styles.publish}>
        {changes.length === 0 && problems.length === 0 && <p className={styles.quiet}>{t('publish.nothing')}</p>}
        {changes.length > 0 && (
          <ul className={styles.changes}>
            {changes.map(({ path, kind, text }) => (
              <li key={`${kind} ${path}`}>{text}</li>
            ))}
          </ul>
        )}
        {problems.length > 0 && (
          <ul className={styles.changes} role="alert">
            {problems.map(({ path, code, severity, text }) => (
              <li key={`${code} ${path}`} className={severity === 'error' ? styles.problem : styles.warning}>
                {text}
              </li>
            ))}
          </ul>
        )}
        {publish.isError && <Refused error={publish.error} />}
        <div className={styles.when}>
          <Button
            size="md"
            disabled={!publishable || at !== null}
            loading={publish.isPending}
            onClick={() => publish.mutate(null)}
          >
            {t('publish.now')}
          </Button>
          <TextInput
            type="datetime-local"
            label={t('publish.at')}
            description={t('publish.zone', { zone: timeZone })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button
            size="md"
            variant="default"
            disabled={!publishable || at === null}
            loading={publish.isPending}
            onClick={() => publish.mutate(at)}
          >
            {t('publish.later')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function usePublish({ programmeId }: ProgrammeDetail, draft: DraftInHand) {
  const queryClient = useQueryClient();
  // One key until it has succeeded: sent again after a lost answer, it publishes nothing twice.
  const key = useRef<{ readonly of: string; readonly key: string }>(undefined);
  return useMutation({
    mutationFn: async (at: string | null) => {
      const version = await draft.save();
      const of = `${version} ${at}`;
      if (key.current?.of !== of) key.current = { of, key: crypto.randomUUID() };
      const body = { key: key.current.key, version, ...(at === null ? {} : { at }) };
      return request<Publication>(`/programmes/${programmeId}/publish`, { method: 'POST', body });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['programmes'] }),
  });
}

function Scheduled({ programme, at }: { readonly programme: ProgrammeDetail; readonly at: string }) {
  const { t } = useTranslation('programmes');
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => request(`/programmes/${programme.programmeId}/scheduled`, { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['programmes'] }),
  });
  return (
    <Section title={t('publish.title')}>
      <p>
        {t('publish.waits')} <Moment at={at} />
      </p>
      {withdraw.isError && <Refused error={withdraw.error} />}
      <Button
        className={styles.add ?? ''}
        variant="default"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate()}
      >
        {t('publish.withdraw')}
      </Button>
    </Section>
  );
}
