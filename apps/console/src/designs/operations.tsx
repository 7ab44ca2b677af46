import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DesignDetail, DesignRemoved, DesignRow } from '@tessera/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, queryString } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Tick } from '../ui/forms/tick.tsx';
import { useErrorText } from '../ui/states.tsx';
import { Dialog } from './dialog.tsx';
import parts from './parts.module.css';
import { findCard, useDesignWrite } from './queries.ts';

type OperationProps = { readonly design: DesignRow; readonly onClose: () => void };

type QuestionProps = {
  readonly title: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly disabled?: boolean;
  readonly onGo: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A question with its two answers. */
function Question(props: QuestionProps) {
  const { t } = useTranslation('designs');
  const textOf = useErrorText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onGo();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form className={parts.stack} onSubmit={submit}>
        {props.children}
        {props.error ? (
          <p role="alert" className={parts.failed}>
            {textOf(props.error)}
          </p>
        ) : null}
        <div className={parts.buttons}>
          <Button type="submit" size="md" loading={props.busy} disabled={props.disabled ?? false}>
            {props.action}
          </Button>
          <Button size="md" variant="default" onClick={props.onClose}>
            {t('ask.leave')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** To the page of a card, where all of it is changed, by the number that is printed on it. */
export function EditCardDialog({ design, onClose }: OperationProps) {
  const { t } = useTranslation('designs');
  const navigate = useNavigate();
  const [serial, setSerial] = useState('');
  const number = serial.trim();
  const find = useMutation({
    mutationFn: () => findCard(design.designId, number),
    onSuccess: (card) => navigate({ to: '/passes/$passId', params: { passId: String(card.passId) } }),
  });
  const none = find.error instanceof ApiError && find.error.code === 'card_not_found';
  return (
    <Question
      title={t('editCard.title')}
      action={t('editCard.go')}
      busy={find.isPending}
      error={none ? null : find.error}
      disabled={number === ''}
      onGo={() => find.mutate()}
      onClose={onClose}
    >
      <TextInput
        size="md"
        label={t('real.serial')}
        maxLength={64}
        autoComplete="off"
        value={serial}
        onChange={(event) => {
          find.reset();
          setSerial(event.currentTarget.value);
        }}
        error={none && t('editCard.none', { name: design.name })}
      />
      {none && (
        <p className="small">
          <Link to="/passes" search={{ search: number }}>
            {t('editCard.anywhere')}
          </Link>
        </p>
      )}
    </Question>
  );
}

export function CopyDialog({ design, onClose }: OperationProps) {
  const { t } = useTranslation('designs');
  const navigate = useNavigate();
  const write = useDesignWrite<DesignDetail>();
  const [name, setName] = useState(t('copy.name', { name: design.name }).slice(0, 100));
  const go = (): void =>
    write.mutate(
      { path: `/designs/${design.designId}/copy`, method: 'POST', body: { name: name.trim() } },
      {
        onSuccess: ({ designId }) =>
          void navigate({ to: '/designs/$designId', params: { designId: String(designId) }, search: {} }),
      },
    );
  return (
    <Question
      title={t('copy.title')}
      action={t('copy.go')}
      busy={write.isPending}
      error={write.error}
      disabled={name.trim() === ''}
      onGo={go}
      onClose={onClose}
    >
      <p className="quiet">{t('copy.lead')}</p>
      <TextInput
        size="md"
        label={t('card.name')}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Question>
  );
}

export function PushDialog({ design, onClose }: OperationProps) {
  const { t } = useTranslation('designs');
  const format = useFormat();
  const write = useDesignWrite();
  return (
    <Question
      title={t('push.title')}
      action={t('ask.go')}
      busy={write.isPending}
      error={write.error}
      onGo={() =>
        write.mutate({ path: `/designs/${design.designId}/push`, method: 'POST', body: {} }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>{t('ask.cards', { count: design.passes, number: format.count(design.passes) })}</p>
      <p className="quiet">{design.unpublished ? t('push.newLook') : t('push.again')}</p>
    </Question>
  );
}

type RemoveProps = OperationProps & { readonly all: readonly DesignRow[] };

/** Cards are in people's phones: what becomes of them is told before, and chosen. */
export function RemoveDialog({ design, all, onClose }: RemoveProps) {
  const { t } = useTranslation('designs');
  const format = useFormat();
  const navigate = useNavigate();
  const write = useDesignWrite<DesignRemoved>();
  // With cards, to the page that tells how far they are and leads back.
  const follow = ({ operationId }: DesignRemoved): void => {
    onClose();
    if (operationId === null) return;
    void navigate({ to: '/passes/operations/$operationId', params: { operationId: String(operationId) } });
  };
  const [fate, setFate] = useState<'move' | 'void'>('move');
  const [to, setTo] = useState('');
  const targets = all.filter((one) => canTake(one, design));
  const cards = design.passes > 0;
  const chosen = to || String(targets[0]?.designId ?? '');
  const moves = fate === 'move' && targets.length > 0;
  const answer = moves ? { cards: 'move', to: chosen } : { cards: 'void' };
  const path = `/designs/${design.designId}${queryString(cards ? answer : {})}`;
  return (
    <Question
      title={t('remove.title', { name: design.name })}
      action={cards ? t(moves ? 'remove.moveGo' : 'remove.voidGo') : t('remove.go')}
      busy={write.isPending}
      error={write.error}
      onGo={() => write.mutate({ path, method: 'DELETE' }, { onSuccess: follow })}
      onClose={onClose}
    >
      {!cards && <p>{t('remove.free')}</p>}
      {cards && (
        <fieldset className={parts.fate}>
          <legend>{t('remove.cards', { count: design.passes, number: format.count(design.passes) })}</legend>
          <Tick
            oneOf="fate"
            label={targets.length === 0 ? t('remove.nowhere') : t('remove.move')}
            checked={moves}
            disabled={targets.length === 0}
            onChange={() => setFate('move')}
          />
          {moves && (
            <NativeSelect
              size="md"
              aria-label={t('remove.to')}
              value={chosen}
              onChange={(event) => setTo(event.currentTarget.value)}
              data={targets.map(({ designId, name }) => ({ value: String(designId), label: name }))}
            />
          )}
          <Tick oneOf="fate" label={t('remove.void')} checked={!moves} onChange={() => setFate('void')} />
        </fieldset>
      )}
    </Question>
  );
}

/** Cards become another design's only within their programme and certificate. */
const canTake = (one: DesignRow, design: DesignRow): boolean =>
  one.designId !== design.designId &&
  one.archivedAt === null &&
  one.programme === design.programme &&
  one.credential?.id === design.credential?.id;
