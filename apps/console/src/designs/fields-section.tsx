import { Button } from '@mantine/core';
import { countDrawn, type FieldCounts, POSTER_LIMITS } from '@tessera/look';
import { useTranslation } from 'react-i18next';
import forms from '../ui/forms/forms.module.css';
import { useInHand } from './context.ts';
import { type Draft, type DraftField, GROUPS, type Group, newField } from './draft.ts';
import styles from './field-editor.module.css';
import { FieldEditor } from './field-editor.tsx';
import { Template, Tick } from './inputs.tsx';
import parts from './parts.module.css';
import { idOf } from './problem-place.ts';

const MOST: Readonly<Record<Group, number>> = { header: 10, primary: 10, secondary: 10, auxiliary: 10, back: 30 };

/** The texts of the card, group by group, as far as a phone shows them. */
export function FieldsSection() {
  const { t } = useTranslation('designs');
  const { draft } = useInHand();
  const counts = Object.fromEntries(GROUPS.map((group) => [group, draft.fields[group].length])) as Record<
    Group,
    number
  >;
  const drawn = countDrawn(draft.style, draft.code?.format ?? null, counts as FieldCounts);
  return (
    <>
      <p className="quiet">{t('fields.lead')}</p>
      {GROUPS.map((group) => (
        <FieldGroup key={group} group={group} drawn={group === 'back' ? counts.back : drawn[group]} />
      ))}
      {draft.poster && <Poster poster={draft.poster} />}
    </>
  );
}

const move = (list: readonly DraftField[], from: number, to: number): DraftField[] => {
  const left = list.filter((_, index) => index !== from);
  const field = list[from];
  return field ? [...left.slice(0, to), field, ...left.slice(to)] : [...list];
};

function FieldGroup({ group, drawn }: { readonly group: Group; readonly drawn: number }) {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const list = draft.fields[group];
  const set = (edit: (fields: readonly DraftField[], all: Draft['fields']) => readonly DraftField[]): void =>
    change((before) => ({ fields: { ...before.fields, [group]: edit(before.fields[group], before.fields) } }));
  const moveTo = (index: number, other: Group): void =>
    change(({ fields }) => {
      const field = fields[group][index];
      if (!field || other === group || fields[other].length >= MOST[other]) return {};
      const left = fields[group].filter((_, at) => at !== index);
      return { fields: { ...fields, [group]: left, [other]: [...fields[other], field] } };
    });
  return (
    <section className={forms.group} id={idOf(`fields/${group}`)} tabIndex={-1} aria-label={t(`group.${group}`)}>
      <header className={parts.groupHead}>
        <h2 className={parts.groupTitle}>{t(`group.${group}`)}</h2>
        {list.length > drawn ? (
          <span className={parts.tooLong}>{t('fields.drawn', { drawn, count: list.length })}</span>
        ) : (
          <span className={parts.note}>{t(`groupHint.${group}`)}</span>
        )}
      </header>
      <ol className={styles.list}>
        {list.map((field, index) => (
          <FieldEditor
            key={field.key}
            group={group}
            field={field}
            index={index}
            count={list.length}
            drawn={index < drawn}
            onChange={(part) =>
              set((before) => before.map((one) => (one.key === field.key ? { ...one, ...part } : one)))
            }
            onMove={(to) => set((before) => move(before, index, to))}
            onTake={(from) => set((before) => move(before, from, index))}
            onGroup={(other) => moveTo(index, other)}
            onRemove={() => set((before) => before.filter(({ key }) => key !== field.key))}
          />
        ))}
      </ol>
      {list.length < MOST[group] && (
        <Button size="sm" variant="default" onClick={() => set((before, all) => [...before, newField(all, group)])}>
          {t('fields.add', { group: t(`group.${group}`) })}
        </Button>
      )}
    </section>
  );
}

const PLACES = ['header', 'primary', 'footer', 'additional'] as const;

/** Which of the fields the poster shows, and its large line. */
function Poster({ poster }: { readonly poster: NonNullable<Draft['poster']> }) {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const set = (part: Partial<typeof poster>): void =>
    change((before) => (before.poster ? { poster: { ...before.poster, ...part } } : {}));
  const front = GROUPS.flatMap((group) => (group === 'back' ? [] : draft.fields[group]));
  return (
    <section className={forms.group} id={idOf('poster')} tabIndex={-1} aria-label={t('poster.title')}>
      <h2 className={parts.groupTitle}>{t('poster.title')}</h2>
      <p className={parts.note}>{t('poster.lead')}</p>
      <Template
        path="poster/title"
        label={t('poster.line')}
        value={poster.title}
        onChange={(title) => set({ title })}
      />
      {PLACES.map((place) => {
        const chosen = poster[place];
        const fields = place === 'additional' ? [...front, ...draft.fields.back] : front;
        const most = POSTER_LIMITS[place];
        return (
          <fieldset key={place} className={parts.ticks}>
            <legend>{t(`poster.${place}`, { most })}</legend>
            {fields.map(({ key, label, value }) => (
              <Tick
                key={key}
                path={`poster/${place}/${key}`}
                label={label || value || key}
                checked={chosen.includes(key)}
                onChange={(on) =>
                  set({ [place]: on ? [...chosen, key].slice(-most) : chosen.filter((other) => other !== key) })
                }
              />
            ))}
          </fieldset>
        );
      })}
    </section>
  );
}
