import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PassDetail } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelForm } from '../ui/forms/panel-form.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './passes.module.css';
import { choicesQuery } from './queries.ts';
import { useDelete, usePassStep, usePush } from './write.ts';

/** What can become of a card: pushed, moved, voided, deleted. */
export function EndOfCard({ pass }: { readonly pass: PassDetail }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const [open, setOpen] = useState<'move' | 'delete' | null>(null);
  const step = usePassStep();
  const push = usePush();
  const { passId, voided } = pass;
  const error = step.error ?? push.error;
  return (
    <section className={styles.block} id="end">
      <h2>{t('end.title')}</h2>
      <div className={styles.actions}>
        <Button variant="default" loading={push.isPending} onClick={() => push.mutate(passId)}>
          {t('menu.push')}
        </Button>
        <Button variant="default" onClick={() => setOpen('move')}>
          {t('menu.move')}
        </Button>
        <Button
          variant="default"
          loading={step.isPending && step.variables?.step !== 'change'}
          onClick={() => step.mutate({ passId, step: voided ? 'restore' : 'void' })}
        >
          {voided ? t('menu.restore') : t('menu.void')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => setOpen('delete')}>
          {t('menu.delete')}
        </Button>
      </div>
      {push.data && (
        <p role="status" className="quiet">
          {push.data.devices > 0 || push.data.google ? t('push.done') : t('push.nobody')}
        </p>
      )}
      {error !== null && (
        <p role="alert" className={styles.notice}>
          {textOf(error)}
        </p>
      )}
      {open === 'move' && <Move pass={pass} onClose={() => setOpen(null)} />}
      {open === 'delete' && <Delete pass={pass} onClose={() => setOpen(null)} />}
    </section>
  );
}

type PanelProps = { readonly pass: PassDetail; readonly onClose: () => void };

function Move({ pass, onClose }: PanelProps) {
  const { t } = useTranslation('passes');
  const choices = useQuery(choicesQuery);
  const step = usePassStep();
  const [chosen, setChosen] = useState('');
  const designs = (choices.data?.designs ?? []).filter((one) => !one.archived && one.designId !== pass.designId);
  const designId = Number(chosen || designs[0]?.designId);
  return (
    <PanelForm
      label={t('move.title')}
      action={t('move.send')}
      cancel={t('cancel')}
      busy={step.isPending}
      error={step.error}
      onCancel={onClose}
      onSubmit={() => {
        if (designId > 0) step.mutate({ passId: pass.passId, step: 'move', designId }, { onSuccess: onClose });
      }}
    >
      <NativeSelect
        size="md"
        label={t('move.design')}
        description={t('move.hint')}
        value={String(designId)}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={designs.map((one) => ({ value: String(one.designId), label: one.name }))}
      />
    </PanelForm>
  );
}

function Delete({ pass, onClose }: PanelProps) {
  const { t } = useTranslation('passes');
  const navigate = useNavigate();
  const remove = useDelete();
  return (
    <PanelForm
      label={t('delete.title')}
      action={t('delete.send')}
      cancel={t('cancel')}
      busy={remove.isPending}
      error={remove.error}
      onCancel={onClose}
      onSubmit={() => remove.mutate(pass.passId, { onSuccess: () => void navigate({ to: '/passes' }) })}
    >
      <p>{t('delete.text')}</p>
    </PanelForm>
  );
}
