import '@tessera/look/card.css';
import type { CardPicture } from '@tessera/contract';
import { type CardModel, type CardOptions, renderCard, renderCardOnWallpaper } from '@tessera/look';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';

type CardViewProps = {
  readonly picture: CardPicture;
  readonly platform?: CardOptions['platform'];
  readonly side?: 'front' | 'back';
  readonly size?: 'full' | 'thumbnail';
  readonly wallpaper?: 'light' | 'dark';
  /** The poster of newer iPhones, where the card has one. */
  readonly poster?: boolean;
  /** The language of the phone; the reader's unless told. */
  readonly lang?: CardOptions['lang'];
  readonly className?: string | undefined;
};

/** A card as the phone will show it, drawn by the one renderer that all pages share. */
export function CardView(props: CardViewProps) {
  const { picture, platform = 'apple', side, size, wallpaper, poster = false, className } = props;
  useTranslation(); // draws again when the language changes
  const lang = props.lang ?? currentLanguage();
  const drawing = useMemo(() => {
    const options: CardOptions = { platform, lang, poster, ...(side ? { side } : {}), ...(size ? { size } : {}) };
    const model: CardModel = picture;
    const html = wallpaper ? renderCardOnWallpaper(model, { ...options, wallpaper }) : renderCard(model, options);
    return { __html: html };
  }, [picture, platform, side, size, wallpaper, poster, lang]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderCard escapes every text of the design
  return <div className={className} dangerouslySetInnerHTML={drawing} />;
}
