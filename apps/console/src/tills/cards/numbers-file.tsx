import { Button, FileInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CardNumbersAnswer } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/http.ts';
import { useFormat } from '../../app/format.ts';
import { useErrorText } from '../../ui/states.tsx';
import table from '../../ui/table.module.css';
import styles from '../tills.module.css';
import { rangeKey, rangesQuery } from './queries.ts';

const FILE_BYTES_MAX = 8 * 1024 * 1024;

/** Numbers of printed plastic from a file: good ones are taken, bad ones told by their line. */
export function NumbersFile({ rangeId }: { readonly rangeId: string }) {
  const { t } = useTranslation('tills');
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const tooBig = file !== null && file.size > FILE_BYTES_MAX;
  const send = useMutation({
    mutationFn: (body: File) => request<CardNumbersAnswer>(`/card-ranges/${rangeId}/numbers`, { method: 'PUT', body }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: rangeKey(rangeId) }),
        queryClient.invalidateQueries({ queryKey: rangesQuery.queryKey }),
      ]),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file && !tooBig) send.mutate(file);
  };
  return (
    <form className={`${styles.under} ${styles.stack}`} onSubmit={submit}>
      <FileInput
        size="md"
        label={t('cards.file.label')}
        description={t('cards.file.hint')}
        placeholder={t('cards.file.choose')}
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        value={file}
        onChange={(chosen) => {
          send.reset();
          setFile(chosen);
        }}
        error={tooBig && t('cards.file.tooBig')}
      />
      <div>
        <Button type="submit" size="md" loading={send.isPending} disabled={file === null || tooBig}>
          {t('cards.file.send')}
        </Button>
      </div>
      {send.isError && (
        <p role="alert" className={styles.wrong}>
          {textOf(send.error)}
        </p>
      )}
      {send.data && <Report report={send.data} />}
    </form>
  );
}

function Report({ report }: { readonly report: CardNumbersAnswer }) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const { added, known, wrong, problems } = report;
  const told = { added: format.count(added), known: format.count(known), wrong: format.count(wrong) };
  return (
    <div role="status">
      <p>{t('cards.file.done', told)}</p>
      {problems.length > 0 && (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('cards.file.line')}</th>
              <th scope="col">{t('cards.file.number')}</th>
              <th scope="col">{t('cards.file.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem) => (
              <tr key={`${problem.line} ${problem.number}`}>
                <td>{format.count(problem.line)}</td>
                <td className="mono">{problem.number}</td>
                <td>{problem.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {wrong > problems.length && <p className="small quiet">{t('cards.file.more', { shown: problems.length })}</p>}
    </div>
  );
}
