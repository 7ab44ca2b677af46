import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../app/language.ts';
import forms from '../ui/forms/forms.module.css';
import { useInHand } from './context.ts';
import { type Draft, type DraftTexts, type FieldTexts, GROUPS, type Language, noTexts, TEXTS } from './draft.ts';
import { Choice, Text } from './inputs.tsx';
import parts from './parts.module.css';

/** The texts of the card in further languages; what is left empty is said in the first one. */
export function LanguagesSection() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const others = languages.filter((one) => one !== draft.language);
  const chosen = others.filter((one) => draft.texts[one] !== undefined);
  const [open, setOpen] = useState<Language>();
  const shown = open && chosen.includes(open) ? open : chosen[0];
  const without = (language: Language): Draft['texts'] =>
    Object.fromEntries(Object.entries(draft.texts).filter(([one]) => one !== language));
  return (
    <>
      <p className="quiet">{t('languages.lead')}</p>
      <Choice
        path="language"
        label={t('languages.first')}
        hint={t('languages.firstHint')}
        value={draft.language}
        of={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(language) => change({ language })}
      />
      <div className={parts.buttons}>
        {others
          .filter((one) => !chosen.includes(one))
          .map((one) => (
            <Button
              key={one}
              size="sm"
              variant="default"
              onClick={() => {
                change((before) => ({ texts: { ...before.texts, [one]: noTexts() } }));
                setOpen(one);
              }}
            >
              {t('languages.add', { language: t(`language.${one}`) })}
            </Button>
          ))}
      </div>
      {shown && (
        <section className={forms.group} aria-label={t(`language.${shown}`)}>
          {chosen.length > 1 ? (
            <Choice
              path="texts"
              label={t('languages.which')}
              value={shown}
              of={chosen.map((value) => ({ value, label: t(`language.${value}`) }))}
              onChange={setOpen}
            />
          ) : (
            <h2 className={parts.groupTitle}>{t(`language.${shown}`)}</h2>
          )}
          <LanguageTexts language={shown} />
          <div>
            <Button className="flush" size="sm" variant="subtle" onClick={() => change({ texts: without(shown) })}>
              {t('languages.remove', { language: t(`language.${shown}`) })}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}

const PARTS = ['label', 'value', 'changeMessage'] as const;
const NOTHING: FieldTexts = { label: '', value: '', changeMessage: '' };

function LanguageTexts({ language }: { readonly language: Language }) {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const own = draft.texts[language] ?? noTexts();
  const set = (edit: (texts: DraftTexts) => DraftTexts): void =>
    change((before) => ({ texts: { ...before.texts, [language]: edit(before.texts[language] ?? noTexts()) } }));
  const first: Readonly<Record<(typeof TEXTS)[number], string>> = {
    organizationName: draft.organizationName,
    description: draft.description,
    logoText: draft.logoText,
    altText: draft.code?.altText ?? '',
    title: draft.poster?.title ?? '',
  };
  return (
    <>
      <div className={parts.pair}>
        {TEXTS.filter((name) => first[name] !== '').map((name) => (
          <Text
            key={name}
            path={`texts/${language}/${name}`}
            label={t(`textName.${name}`)}
            placeholder={first[name]}
            value={own[name]}
            onChange={(text) => set((texts) => ({ ...texts, [name]: text }))}
          />
        ))}
      </div>
      {GROUPS.flatMap((group) => draft.fields[group].map((field) => ({ group, field }))).map(({ group, field }) => (
        <fieldset key={field.key} className={parts.translation}>
          <legend>
            {t(`group.${group}`)}: {field.label || field.value}
          </legend>
          <div className={parts.pair}>
            {PARTS.filter((part) => field[part] !== '').map((part) => (
              <Text
                key={part}
                path={`texts/${language}/fields/${field.key}/${part}`}
                label={t(`textName.${part}`)}
                placeholder={field[part]}
                value={own.fields[field.key]?.[part] ?? ''}
                maxLength={part === 'value' ? 10_000 : 200}
                area={group === 'back' && part === 'value'}
                onChange={(text) =>
                  set((texts) => ({
                    ...texts,
                    fields: { ...texts.fields, [field.key]: { ...NOTHING, ...texts.fields[field.key], [part]: text } },
                  }))
                }
              />
            ))}
          </div>
        </fieldset>
      ))}
      <Elsewhere language={language} />
    </>
  );
}

const LISTS = ['places', 'beacons', 'links'] as const;

/** The words of places, beacons and links. */
function Elsewhere({ language }: { readonly language: Language }) {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const wordsOf = (list: (typeof LISTS)[number]): string[] =>
    list === 'links' ? draft.links.map(({ label }) => label) : draft[list].map(({ text }) => text);
  const set = (list: (typeof LISTS)[number], index: number, text: string): void =>
    change((before) => ({
      [list]: before[list].map((line, at) =>
        at === index ? { ...line, texts: { ...line.texts, [language]: text } } : line,
      ),
    }));
  return (
    <div className={parts.pair}>
      {LISTS.flatMap((list) =>
        wordsOf(list).flatMap((word, index) =>
          word === ''
            ? []
            : [
                <Text
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing of their own to be known by
                  key={`${list} ${index}`}
                  path={`${list}/${index}/texts/${language}`}
                  label={t(`listWord.${list}`, { number: index + 1 })}
                  placeholder={word}
                  value={draft[list][index]?.texts[language] ?? ''}
                  onChange={(text) => set(list, index, text)}
                />,
              ],
        ),
      )}
    </div>
  );
}
