import { Button, FileInput, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Import } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Mark, type Tone } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import styles from './imports.module.css';
import { groupsQuery, importsQuery } from './queries.ts';
import { FILE_BYTES_MAX, sendFile } from './send-file.ts';

/** Guests in and out by files: a new table, what there was before, and everything as a file. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  return (
    <Page title={t('title')} lead={t('lead')} back={{ to: '/accounts', label: t('back') }} narrow>
      <Upload />
      <Export />
      <PastImports />
    </Page>
  );
}

function Upload() {
  const { t } = useTranslation('imports');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const groups = useQuery(groupsQuery);
  const [file, setFile] = useState<File | null>(null);
  const [groupId, setGroupId] = useState('');
  const [percent, setPercent] = useState(0);
  const items = groups.data?.items ?? [];
  const chosen = Number(groupId || items[0]?.groupId);
  const send = useMutation({
    mutationFn: (one: File) => sendFile(one, chosen, setPercent),
    onSuccess: ({ importId }) => navigate({ to: '/imports/$importId', params: { importId: String(importId) } }),
  });
  const tooBig = file !== null && file.size > FILE_BYTES_MAX;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file && !tooBig && chosen > 0) send.mutate(file);
  };
  return (
    <section className={styles.block}>
      <h2>{t('upload.title')}</h2>
      <p className={styles.quiet}>{t('upload.text')}</p>
      <form className={styles.form} onSubmit={submit}>
        <FileInput
          size="md"
          label={t('upload.file')}
          placeholder={t('upload.choose')}
          accept=".csv,.txt,.tsv,text/csv"
          value={file}
          onChange={setFile}
          error={tooBig ? t('upload.tooBig') : undefined}
        />
        {items.length > 1 && (
          <NativeSelect
            size="md"
            label={t('upload.group')}
            value={String(chosen)}
            onChange={(event) => setGroupId(event.currentTarget.value)}
            data={items.map((one) => ({ value: String(one.groupId), label: `${one.name} · ${one.programme}` }))}
          />
        )}
        <Button type="submit" size="md" disabled={file === null || tooBig || send.isPending}>
          {send.isPending ? t('upload.sending', { percent }) : t('upload.send')}
        </Button>
      </form>
      {send.isError && (
        <p className={styles.notice} role="alert">
          {textOf(send.error)}
        </p>
      )}
    </section>
  );
}

function Export() {
  const { t } = useTranslation('imports');
  const download = <Icon name="download" size={18} />;
  return (
    <section className={styles.block}>
      <h2>{t('export.title')}</h2>
      <p className={styles.quiet}>{t('export.text')}</p>
      <div className={styles.ways}>
        <Button component="a" href={fileAddress('/exports/accounts.csv')} variant="default" leftSection={download}>
          {t('export.accounts')}
        </Button>
        <Button component="a" href={fileAddress('/exports/entries.csv')} variant="default" leftSection={download}>
          {t('export.entries')}
        </Button>
      </div>
    </section>
  );
}

const tones: Readonly<Record<Import['status'], Tone>> = {
  uploading: 'quiet',
  ready: 'warning',
  checking: 'quiet',
  checked: 'warning',
  running: 'quiet',
  paused: 'warning',
  done: 'good',
  cancelled: 'quiet',
  failed: 'bad',
};

function PastImports() {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const list = useInfiniteQuery(importsQuery);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.block}>
      <h2>{t('list.title')}</h2>
      {list.isPending && <SkeletonRows height={48} rows={3} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <p className={styles.quiet}>{t('list.empty')}</p>}
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.importId}>
            <span>
              <Link to="/imports/$importId" params={{ importId: String(row.importId) }}>
                {row.name}
              </Link>
              <Mark tone={tones[row.status]}>{t(`status.${row.status}`)}</Mark>
            </span>
            <span className={styles.quiet}>
              {row.lines > 0 && <>{t('list.lines', { lines: format.count(row.lines) })} · </>}
              <Moment at={row.createdAt} />
            </span>
          </li>
        ))}
      </ul>
      <More list={list} />
    </section>
  );
}
