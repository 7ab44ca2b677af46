import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/company.ts';
import { Mark } from '../mark.tsx';
import { useErrorText } from '../states.tsx';
import styles from './forms.module.css';

type FormState = {
  readonly changed: boolean;
  readonly submit: (event: FormEvent) => void;
  readonly revert: () => void;
  readonly saving: Pick<UseMutationResult, 'isPending' | 'isSuccess' | 'isError' | 'error'>;
};

type SettingsFormProps = {
  readonly form: FormState;
  /** The word on its button, where it is another than «save». */
  readonly action?: string;
  /** What the server found wrong, place by place, instead of its one sentence. */
  readonly problems?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every page of settings; whoever may only look sees the same fields, locked. */
export function SettingsForm({ form, action, problems, children }: SettingsFormProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const locked = useSession().user.role !== 'owner';
  const { saving } = form;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      {locked && <Mark tone="quiet">{t('form.locked')}</Mark>}
      <fieldset className={styles.locked} disabled={locked}>
        {children}
      </fieldset>
      {!locked && (
        <div className={styles.actions}>
          <Button type="submit" size="md" loading={saving.isPending}>
            {action ?? t('form.save')}
          </Button>
          {form.changed && !saving.isPending && (
            <Button size="md" variant="subtle" onClick={form.revert}>
              {t('form.revert')}
            </Button>
          )}
          {saving.isSuccess && <Mark tone="good">{t('form.saved')}</Mark>}
          {saving.isError && !problems && (
            <span role="alert" className={styles.failed}>
              {textOf(saving.error)}
            </span>
          )}
        </div>
      )}
      {saving.isError && problems}
    </form>
  );
}

type GroupProps = { readonly title: string; readonly hint?: ReactNode; readonly children: ReactNode };

/** Fields that belong together. */
export function Group({ title, hint, children }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </fieldset>
  );
}

/** Fields beside each other as far as they fit. */
export const Fields = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.fields}>{children}</div>
);
