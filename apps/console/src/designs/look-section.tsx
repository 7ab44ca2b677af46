import { Button, TextInput } from '@mantine/core';
import { contrastRatio, readableOn } from '@tessera/look';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';
import { Group } from '../ui/forms/settings-form.tsx';
import { Mark } from '../ui/mark.tsx';
import { useInHand } from './context.ts';
import { type Draft, STYLES } from './draft.ts';
import { Choice, Counter, Template, Text, Tick } from './inputs.tsx';
import parts from './parts.module.css';
import { idOf } from './problem-place.ts';

/** Signs that Google shows of a name. */
const GOOGLE_NAME_MAX = 20;

/** Kind, names and colours of the card. */
export function LookSection() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  return (
    <>
      <Choice
        path="style"
        label={t('look.style')}
        hint={t(`styleHint.${draft.style}`)}
        value={draft.style}
        of={STYLES.map((value) => ({ value, label: t(`style.${value}`) }))}
        onChange={(style) => change({ style })}
      />
      <Tick
        path="poster"
        label={t('look.poster')}
        hint={t('look.posterHint')}
        checked={draft.poster !== null}
        onChange={(on) => change((before) => ({ poster: on ? posterOf(before) : null }))}
      />
      <Text
        path="organizationName"
        label={t('look.organization')}
        hint={
          <>
            {t('look.organizationHint')}{' '}
            <Counter text={draft.organizationName} most={GOOGLE_NAME_MAX} where="Google Wallet" />
          </>
        }
        value={draft.organizationName}
        onChange={(organizationName) => change({ organizationName })}
      />
      <Template
        path="logoText"
        label={t('look.logoText')}
        hint={<Counter text={draft.logoText} most={GOOGLE_NAME_MAX} where="Google Wallet" />}
        value={draft.logoText}
        onChange={(logoText) => change({ logoText })}
      />
      <Text
        path="description"
        label={t('look.description')}
        hint={t('look.descriptionHint')}
        value={draft.description}
        onChange={(description) => change({ description })}
      />
      <Colours />
    </>
  );
}

/** A poster begins with what the card shows first. */
function posterOf({ fields }: Draft): NonNullable<Draft['poster']> {
  const keys = (list: Draft['fields']['header'], most: number) => list.slice(0, most).map(({ key }) => key);
  return {
    title: '',
    header: keys(fields.header, 1),
    primary: keys([...fields.primary, ...fields.secondary], 3),
    footer: [],
    additional: [],
  };
}

const COLOURS = ['background', 'foreground', 'label'] as const;
const READABLE = 4.5;
const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

function Colours() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const { colours } = draft;
  const set = (name: (typeof COLOURS)[number], colour: string): void =>
    change((before) => ({ colours: { ...before.colours, [name]: colour } }));
  return (
    <Group title={t('colour.title')}>
      {COLOURS.map((name) => (
        <div key={name} className={parts.colour}>
          <input
            type="color"
            className={parts.swatch}
            aria-label={t(`colour.${name}`)}
            value={isColour(colours[name]) ? colours[name] : '#000000'}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
          <TextInput
            id={idOf(`colours/${name}`)}
            size="md"
            label={t(`colour.${name}`)}
            value={colours[name]}
            maxLength={7}
            autoComplete="off"
            spellCheck={false}
            error={isColour(colours[name]) ? undefined : t('colour.wrong')}
            onChange={(event) => set(name, event.currentTarget.value.trim())}
          />
          {name !== 'background' && (
            <Contrast colour={colours[name]} background={colours.background} onTake={(colour) => set(name, colour)} />
          )}
        </div>
      ))}
    </Group>
  );
}

type ContrastProps = {
  readonly colour: string;
  readonly background: string;
  readonly onTake: (colour: string) => void;
};

/** Whether everybody can read the colour there, and the nearest one that everybody can. */
function Contrast({ colour, background, onTake }: ContrastProps) {
  const { t } = useTranslation('designs');
  if (!isColour(colour) || !isColour(background)) return null;
  const ratio = contrastRatio(colour, background);
  const shown = new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(ratio);
  if (ratio >= READABLE) return <Mark tone="good">{t('colour.good', { ratio: shown })}</Mark>;
  const better = readableOn(colour, background);
  return (
    <span className={parts.contrast}>
      <Mark tone="warning">{t('colour.weak', { ratio: shown })}</Mark>
      <Button size="xs" variant="default" onClick={() => onTake(better)}>
        <span className={parts.drop} style={{ background: better }} aria-hidden="true" />
        {t('colour.take', { colour: better })}
      </Button>
    </span>
  );
}
