import '@tessera/look/card-forms.css';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { DesignPreview } from '@tessera/contract';
import { renderGoogleCard } from '@tessera/look';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../app/theme-choice.ts';
import { CardView } from '../ui/card-view.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { Notice } from './notice.tsx';
import parts from './parts.module.css';
import styles from './preview.module.css';
import { RealCard } from './real-card.tsx';
import type { DesignerInHand, PreviewInHand } from './use-designer.ts';

export const FORMS = ['apple', 'poster', 'google', 'web', 'print', 'push'] as const;
export type Form = (typeof FORMS)[number];
type Face = DesignPreview['faces'][number];
type Wallpaper = 'light' | 'dark';

type PreviewProps = {
  readonly designer: DesignerInHand;
  readonly inPreview: PreviewInHand;
  readonly serial: string;
  readonly onSerial: (serial: string) => void;
};

/** The card as guests will have it, drawn anew while its design is typed. */
export function Preview({ designer, inPreview, serial, onSerial }: PreviewProps) {
  const { t } = useTranslation('designs');
  const { scheme } = useTheme();
  const { form = 'apple', wallpaper = scheme, side = 'front', lang } = useSearch({ from: '/rooms/designs/$designId' });
  const navigate = useNavigate({ from: '/designs/$designId' });
  const { preview, faces } = inPreview;
  const face = faces.find(({ language }) => language === lang) ?? faces[0];
  const forms = FORMS.filter((one) => one !== 'poster' || designer.draft.poster !== null);
  const shown = forms.includes(form) ? form : 'apple';
  const show = (change: {
    form?: Form;
    wallpaper?: Wallpaper;
    side?: 'front' | 'back';
    lang?: Face['language'];
  }): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  return (
    <div className={styles.preview}>
      <h2 className={styles.title}>{t('preview.title')}</h2>
      <div className={styles.choice}>
        <NativeSelect
          aria-label={t('preview.form')}
          size="sm"
          value={shown}
          onChange={(event) => show({ form: event.currentTarget.value as Form })}
          data={forms.map((one) => ({ value: one, label: t(`form.${one}`) }))}
        />
        {faces.length > 1 && (
          <NativeSelect
            aria-label={t('preview.language')}
            size="sm"
            value={face?.language ?? ''}
            onChange={(event) => show({ lang: event.currentTarget.value as Face['language'] })}
            data={faces.map(({ language }) => ({ value: language, label: t(`language.${language}`) }))}
          />
        )}
      </div>
      <div className={styles.choice}>
        {shown !== 'push' && shown !== 'poster' && (
          <SegmentedControl
            size="xs"
            aria-label={t('preview.side')}
            value={side}
            onChange={(value) => show({ side: value })}
            data={(['front', 'back'] as const).map((value) => ({
              value,
              label: t(shown === 'google' && value === 'back' ? 'side.details' : `side.${value}`),
            }))}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('preview.wallpaper')}
          value={wallpaper}
          onChange={(value) => show({ wallpaper: value })}
          data={(['light', 'dark'] as const).map((value) => ({ value, label: t(`wallpaper.${value}`) }))}
        />
      </div>
      <div className={styles.phone} data-theme={wallpaper} aria-busy={preview.isFetching}>
        {face && <FaceView face={face} form={shown} side={side} wallpaper={wallpaper} />}
        {!face && preview.isPending && <SkeletonBlock height={420} />}
        {!face && preview.isError && <Failed error={preview.error} onRetry={() => void preview.refetch()} />}
      </div>
      {face && preview.isError && <p className={parts.tooLong}>{t('preview.stale')}</p>}
      {(shown === 'poster' || shown === 'print') && <p className={parts.note}>{t(`estimated.${shown}`)}</p>}
      <RealCard designId={designer.detail.designId} serial={serial} onSerial={onSerial} />
    </div>
  );
}

type FaceViewProps = {
  readonly face: Face;
  readonly form: Form;
  readonly side: 'front' | 'back';
  readonly wallpaper: Wallpaper;
};

function FaceView({ face, form, side, wallpaper }: FaceViewProps) {
  const { card, language } = face;
  if (form === 'push') return <PushView face={face} wallpaper={wallpaper} />;
  if (form === 'google') return <GoogleView face={face} side={side} wallpaper={wallpaper} />;
  if (form === 'poster') return <CardView picture={card} poster wallpaper={wallpaper} lang={language} />;
  return <CardView picture={card} platform={form} side={side} wallpaper={wallpaper} lang={language} />;
}

function GoogleView({ face, side, wallpaper }: Omit<FaceViewProps, 'form'>) {
  const { google, language } = face;
  const drawing = useMemo(
    () => ({ __html: renderGoogleCard(google, { side, wallpaper, lang: language }) }),
    [google, side, wallpaper, language],
  );
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderGoogleCard escapes every text of the design
  return <div dangerouslySetInnerHTML={drawing} />;
}

/** What the lock screen says: when a field changes, and near a place. */
function PushView({ face, wallpaper }: { readonly face: Face; readonly wallpaper: Wallpaper }) {
  const { t } = useTranslation('designs');
  const lines = [...face.messages.map(({ text }) => text), ...face.nearby];
  if (lines.length === 0) return <p className={parts.note}>{t('push.nothing')}</p>;
  return (
    <div className={`t-wallpaper t-wallpaper-${wallpaper} ${styles.notices}`}>
      {lines.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two messages may say the same
        <Notice key={index} card={face.card} lang={face.language} text={text} />
      ))}
    </div>
  );
}
