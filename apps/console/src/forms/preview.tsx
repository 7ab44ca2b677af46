import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormBody } from '@tessera/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import { bodyOf, type FormLanguage } from './draft.ts';
import styles from './forms.module.css';
import { previewQuery } from './queries.ts';

const PAUSE_MILLISECONDS = 400;

/** The last value that stood still for a moment. */
function useCalm<Value>(value: Value): Value {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return calm;
}

/** The guest's page on a phone, drawn by the server as it will be; nothing in it can be pressed. */
export function Preview({ designId, body }: { readonly designId: number; readonly body: FormBody }) {
  const { t } = useTranslation('forms');
  const textOf = useErrorText();
  const [chosen, setChosen] = useState<FormLanguage | null>(null);
  const language = chosen && body.languages.includes(chosen) ? chosen : (body.languages[0] ?? 'ru');
  const wish = useCalm(JSON.stringify({ designId, language, body: bodyOf(body) }));
  const preview = useQuery(previewQuery(JSON.parse(wish)));
  return (
    <aside className={styles.preview} aria-label={t('preview.title')}>
      <div className={styles.previewHead}>
        <h2>{t('preview.title')}</h2>
        {body.languages.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('preview.language')}
            value={language}
            onChange={(value) => setChosen(value as FormLanguage)}
            data={body.languages.map((value) => ({ value, label: value.toUpperCase() }))}
          />
        )}
      </div>
      {preview.isError && <p role="alert">{textOf(preview.error)}</p>}
      <div className={styles.phone}>
        <iframe title={t('preview.frame')} srcDoc={preview.data?.html ?? ''} sandbox="" className={styles.screen} />
      </div>
    </aside>
  );
}
