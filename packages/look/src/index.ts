/** One look for every page: colours, the sign, the card renderer and the ways to say money, points, dates and phones. */
export { renderCard, renderCardOnWallpaper } from './card.ts';
export type { GoogleCardOptions } from './card-google.ts';
export { renderGoogleCard } from './card-google.ts';
export type { FieldCounts } from './card-layout.ts';
export { countDrawn, isSquareCode, POSTER_LIMITS } from './card-layout.ts';
export type {
  CardCodeFormat,
  CardField,
  CardFieldAlignment,
  CardImages,
  CardModel,
  CardOptions,
  CardPoster,
  CardStyle,
  GoogleCardModel,
} from './card-model.ts';
export { APPLE_OTHER_STYLES, APPLE_STORE_CARD, PRINT_CARD } from './card-model.ts';
export { svgDataUrl } from './card-parts.ts';
export { contrastRatio, readableOn } from './contrast.ts';
export type { InstantLike, Lang, MomentOptions, PointsOptions, WordForms } from './format.ts';
export {
  currencyDigits,
  epochMilliseconds,
  formatDay,
  formatExactMoment,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPhone,
  formatPoints,
  maskPhone,
  pluralForm,
} from './format.ts';
export type { Html } from './html.ts';
export { escapeHtml, html, safeUrl, trusted } from './html.ts';
export type { LockScreenMessage } from './lock-screen.ts';
export { renderLockScreenMessage } from './lock-screen.ts';
export type { MeasureName } from './measure.ts';
export { formatMeasure } from './measure.ts';
export type { SignOptions } from './sign.ts';
export { faviconDataUrl, faviconSvg, renderSign } from './sign.ts';
export type { Palette } from './tokens.ts';
export { tokenName, tokens, tokensCss } from './tokens.ts';
