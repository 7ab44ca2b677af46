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
  readonly className?: string | undefined;
};

/** A card as the phone will show it, drawn by the one renderer that all pages share. */
export function CardView({ picture, platform = 'apple', side, size, wallpaper, className }: CardViewProps) {
  useTranslation(); // draws again when the language changes
  const lang = currentLanguage();
  const drawing = useMemo(() => {
    const options: CardOptions = { platform, lang, ...(side ? { side } : {}), ...(size ? { size } : {}) };
    const model: CardModel = picture;
    const html = wallpaper ? renderCardOnWallpaper(model, { ...options, wallpaper }) : renderCard(model, options);
    return { __html: html };
  }, [picture, platform, side, size, wallpaper, lang]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderCard escapes every text of the design
  return <div className={className} dangerouslySetInnerHTML={drawing} />;
}
