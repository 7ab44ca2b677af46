import { Button } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInHand } from './context.ts';
import { ALIGNMENTS, type DraftField, GROUPS, type Group } from './draft.ts';
import styles from './field-editor.module.css';
import { FormatFields } from './format-fields.tsx';
import { Choice, Template, Text } from './inputs.tsx';
import { Notice } from './notice.tsx';
import parts from './parts.module.css';
import { idOf } from './problem-place.ts';

type FieldEditorProps = {
  readonly group: Group;
  readonly field: DraftField;
  readonly index: number;
  readonly count: number;
  /** Whether a phone shows it. */
  readonly drawn: boolean;
  readonly onChange: (part: Partial<DraftField>) => void;
  readonly onMove: (to: number) => void;
  /** The field that stood there was pulled to this one. */
  readonly onTake: (from: number) => void;
  readonly onGroup: (group: Group) => void;
  readonly onRemove: () => void;
};

const DRAGGED = 'text/x-tessera-field';

/** One field: its words at a glance, everything else unfolded. Moved by its buttons, or pulled by its handle. */
export function FieldEditor(props: FieldEditorProps) {
  const { t } = useTranslation('designs');
  const { problems } = useInHand();
  const item = useRef<HTMLLIElement>(null);
  const [open, setOpen] = useState(props.field.label === '' && props.field.value === '');
  const { group, field, index, count, drawn } = props;
  const path = `fields/${group}/${field.key}`;
  const wrong = problems.some((problem) => problem.path === path || problem.path.startsWith(`${path}/`));
  const name = field.label || field.value || t('field.unnamed');
  const drop = (event: DragEvent): void => {
    const [from, at] = event.dataTransfer.getData(DRAGGED).split(' ');
    if (from !== group) return;
    event.preventDefault();
    props.onTake(Number(at));
  };
  const shift = (to: number): void => {
    props.onMove(to);
    // The button stays under the finger, wherever its field is now.
    requestAnimationFrame(() => item.current?.querySelector('summary')?.focus());
  };
  return (
    <li
      ref={item}
      className={drawn ? styles.field : `${styles.field} ${styles.hidden}`}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={drop}
    >
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.head} id={idOf(path)}>
          <span
            className={styles.handle}
            draggable
            aria-hidden="true"
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED, `${group} ${index}`)}
          >
            ⠿
          </span>
          <span className={styles.name}>
            <span>{name}</span>
            <span className={parts.note}>{field.value}</span>
          </span>
          {!drawn && <span className={parts.tooLong}>{t('fields.hidden')}</span>}
          {wrong && (
            <span className={parts.dot} role="img" aria-label={t('problems.here')}>
              !
            </span>
          )}
        </summary>
        {/* Its lists of variables are long: a card may have seventy fields. */}
        {open && (
          <div className={styles.body}>
            <FieldInputs {...props} path={path} />
            <div className={parts.buttons}>
              <Button size="xs" variant="default" disabled={index === 0} onClick={() => shift(index - 1)}>
                {t('field.up')}
              </Button>
              <Button size="xs" variant="default" disabled={index === count - 1} onClick={() => shift(index + 1)}>
                {t('field.down')}
              </Button>
              <Button size="xs" variant="subtle" onClick={props.onRemove}>
                {t('field.remove')}
              </Button>
            </div>
          </div>
        )}
      </details>
    </li>
  );
}

function FieldInputs({ group, field, onChange, onGroup, path }: FieldEditorProps & { readonly path: string }) {
  const { t } = useTranslation('designs');
  const { draft } = useInHand();
  const aligned = group !== 'primary' && group !== 'back';
  return (
    <>
      <Template
        path={`${path}/label`}
        label={t('field.label')}
        value={field.label}
        onChange={(label) => onChange({ label })}
      />
      <Template
        path={`${path}/value`}
        label={t('field.value')}
        hint={group === 'back' ? t('field.backHint') : undefined}
        value={field.value}
        maxLength={10_000}
        area={group === 'back'}
        onChange={(value) => onChange({ value })}
      />
      <Spoken field={field} path={path} onChange={onChange} />
      <details className={styles.more}>
        <summary>{t('field.more')}</summary>
        <div className={parts.pair}>
          {aligned && (
            <Choice
              path={`${path}/alignment`}
              label={t('field.alignment')}
              value={field.alignment}
              of={ALIGNMENTS.map((value) => ({ value, label: t(`alignment.${value}`) }))}
              onChange={(alignment) => onChange({ alignment })}
            />
          )}
          <FormatFields path={path} field={field} onChange={onChange} />
          {group === 'auxiliary' && draft.style === 'eventTicket' && (
            <Choice
              path={`${path}/row`}
              label={t('field.row')}
              value={String(field.row)}
              of={[0, 1].map((row) => ({ value: String(row), label: String(row + 1) }))}
              onChange={(row) => onChange({ row: row === '1' ? 1 : 0 })}
            />
          )}
          <Choice
            path={`${path}/group`}
            label={t('field.group')}
            value={group}
            of={GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
            onChange={onGroup}
          />
        </div>
        <p className={parts.note}>{t('field.key', { key: field.key })}</p>
      </details>
    </>
  );
}

type SpokenProps = Pick<FieldEditorProps, 'field' | 'onChange'> & { readonly path: string };

/** What the phone says when the field changes, and how it looks there. */
function Spoken({ field, path, onChange }: SpokenProps) {
  const { t } = useTranslation('designs');
  const { face } = useInHand();
  const message = face?.messages.find((one) => one.field === field.key);
  return (
    <>
      <Text
        path={`${path}/changeMessage`}
        label={t('field.change')}
        hint={t('field.changeHint')}
        placeholder={t('field.changePlaceholder')}
        value={field.changeMessage}
        maxLength={300}
        onChange={(changeMessage) => onChange({ changeMessage })}
      />
      {face && message && field.changeMessage !== '' && (
        <figure className={styles.spoken}>
          <figcaption className={parts.note}>{t('field.changeLook')}</figcaption>
          <Notice card={face.card} lang={face.language} text={message.text} />
        </figure>
      )}
    </>
  );
}
