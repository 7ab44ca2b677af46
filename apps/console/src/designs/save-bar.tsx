import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import { Dialog } from './dialog.tsx';
import parts from './parts.module.css';
import styles from './save-bar.module.css';
import type { DesignerInHand, PreviewInHand } from './use-designer.ts';

type SaveBarProps = { readonly designer: DesignerInHand; readonly inPreview: PreviewInHand };

/** What is saved and what is on phones, and the ways between them. Always in sight. */
export function SaveBar({ designer, inPreview }: SaveBarProps) {
  const { t } = useTranslation('designs');
  const [asking, setAsking] = useState(false);
  const { detail, changed, save, push } = designer;
  const waiting = detail.revision > detail.published;
  const busy = save.isPending || push.isPending;
  const blocked = inPreview.problems.some(({ severity }) => severity === 'error');
  const pushIt = (): void => {
    if (changed) save.mutate({ push: true });
    else push.mutate();
    setAsking(false);
  };
  return (
    <div className={styles.bar}>
      {designer.overtaken && <Overtaken designer={designer} />}
      <div className={styles.line}>
        <State designer={designer} />
        <div className={parts.buttons}>
          <Button
            size="md"
            variant="default"
            disabled={!changed || blocked}
            loading={save.isPending && !save.variables?.push}
            onClick={() => save.mutate({})}
          >
            {t('save.only')}
          </Button>
          <Button
            size="md"
            disabled={blocked || !(changed || waiting)}
            loading={push.isPending || (save.isPending && save.variables?.push === true)}
            onClick={() => (detail.passes === 0 ? pushIt() : setAsking(true))}
          >
            {changed ? t('save.andPush') : t('save.push')}
          </Button>
        </div>
      </div>
      {asking && (
        <AskPush
          designer={designer}
          inPreview={inPreview}
          busy={busy}
          onPush={pushIt}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

function State({ designer }: { readonly designer: DesignerInHand }) {
  const { t } = useTranslation('designs');
  const textOf = useErrorText();
  const format = useFormat();
  const { detail, changed, save, push, overtaken } = designer;
  const error = overtaken ? null : (save.error ?? push.error);
  if (error) {
    return (
      <p role="alert" className={parts.failed}>
        {error instanceof ApiError && error.code === 'unreachable' ? t('save.keptHere') : textOf(error)}
      </p>
    );
  }
  const told = changed
    ? t('save.unsaved')
    : detail.revision > detail.published
      ? t('save.waiting', { count: detail.passes, number: format.count(detail.passes) })
      : detail.lastPushAt === null
        ? t('save.saved')
        : t('save.onPhones', { at: format.moment(detail.lastPushAt) });
  return (
    <p role="status" className={styles.state}>
      {changed ? <Mark tone="warning">{told}</Mark> : <Mark tone="good">{told}</Mark>}
    </p>
  );
}

/** Two have edited at once: which of the two is to stay is for the reader to say. */
function Overtaken({ designer }: { readonly designer: DesignerInHand }) {
  const { t } = useTranslation('designs');
  return (
    <div role="alert" className={styles.overtaken}>
      <p>{t('race.told')}</p>
      <div className={parts.buttons}>
        <Button size="sm" variant="default" onClick={() => void designer.takeTheirs()}>
          {t('race.theirs')}
        </Button>
        <Button size="sm" variant="default" onClick={() => void designer.putMine()}>
          {t('race.mine')}
        </Button>
      </div>
    </div>
  );
}

type AskPushProps = SaveBarProps & {
  readonly busy: boolean;
  readonly onPush: () => void;
  readonly onClose: () => void;
};

function AskPush({ designer, inPreview, busy, onPush, onClose }: AskPushProps) {
  const { t } = useTranslation('designs');
  const format = useFormat();
  const { passes } = designer.detail;
  const messages = inPreview.faces[0]?.messages ?? [];
  return (
    <Dialog title={t('ask.title')} onClose={onClose}>
      <div className={parts.stack}>
        <p>{t('ask.cards', { count: passes, number: format.count(passes) })}</p>
        <p className="quiet">{messages.length > 0 ? t('ask.speaks') : t('ask.silent')}</p>
        <div className={parts.buttons}>
          <Button size="md" loading={busy} onClick={onPush}>
            {t('ask.go')}
          </Button>
          <Button size="md" variant="default" onClick={onClose}>
            {t('ask.leave')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
