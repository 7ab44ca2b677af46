import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './forms.module.css';

const SHOWN_MILLISECONDS = 2_500;

/** A text to be carried elsewhere, with the button that copies it. Where copying is forbidden, it is selected instead. */
export function CopyText({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const place = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      if (place.current) getSelection()?.selectAllChildren(place.current);
    }
  };
  return (
    <div className={styles.copy}>
      <pre ref={place} className={styles.text}>
        {text}
      </pre>
      <Button variant="default" onClick={() => void copy()} aria-live="polite">
        {copied ? t('form.copied') : t('form.copy')}
      </Button>
    </div>
  );
}
