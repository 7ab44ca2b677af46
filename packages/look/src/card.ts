import { appleFaceTop, posterFace } from './card-apple.ts';
import { backSide } from './card-back.ts';
import type { CardModel, CardOptions } from './card-model.ts';
import { barcode, colourStyle, shapeOf } from './card-parts.ts';
import { printBack, printFront } from './card-print.ts';
import { WORDS, wordOfAction } from './card-words.ts';
import { type Html, html, trusted } from './html.ts';

/** Tiles that iOS 27 draws under a card. */
const ACTIONS_MAX = 2;

/**
 * Draws a card as HTML (escaped). The drawing scales with the width of its container, up to 375 px; needs card.css, and
 * card-forms.css for print and posters. Fields beyond what the platform draws are left out, exactly as the phone
 * leaves them out.
 */
export function renderCard(model: CardModel, options: CardOptions): string {
  if ((options.size ?? 'full') === 'thumbnail') return thumbnail(model, options).html;
  return (options.side === 'back' ? back(model, options) : front(model, options)).html;
}

/** The card on a phone's wallpaper, light or dark. */
export function renderCardOnWallpaper(
  model: CardModel,
  options: CardOptions & { readonly wallpaper: 'light' | 'dark' },
): string {
  return html`<div class="t-wallpaper t-wallpaper-${options.wallpaper}">${trusted(renderCard(model, options))}</div>`
    .html;
}

function front(model: CardModel, options: CardOptions): Html {
  if (options.platform === 'print') return printFront(model, options);
  const words = WORDS[options.lang];
  const stamp = html`<p class="t-card-stamp">${words.voided}</p>`;
  const poster = options.poster === true && options.platform === 'apple' ? model.poster : undefined;
  const face = poster
    ? html`<div class="t-card-face t-poster" style="${colourStyle(model)}">${posterFace(model, poster, words.code)}</div>`
    : html`<div class="t-card-face" style="${colourStyle(model)}">${appleFaceTop(model)}${barcode(model, words.code)}</div>`;
  return html`<article class="${classes(model, options)}" aria-label="${words.card(model.organizationName)}">
${face}
${model.voided === true && stamp}${poster && actions(model, options)}</article>`;
}

function back(model: CardModel, options: CardOptions): Html {
  if (options.platform === 'print') return printBack(model, options);
  return backSide(model, options);
}

/** What a phone offers under a poster: where an action has no word of its own, nothing is drawn. */
function actions({ actions: kinds = [] }: CardModel, { lang }: CardOptions): Html | undefined {
  const tiles = kinds.slice(0, ACTIONS_MAX).flatMap((kind) => wordOfAction(kind, lang) ?? []);
  return tiles.length === 0
    ? undefined
    : html`<ul class="t-card-actions">${tiles.map((word) => html`<li>${word}</li>`)}</ul>`;
}

function thumbnail(model: CardModel, options: CardOptions): Html {
  const words = WORDS[options.lang];
  const name =
    model.voided === true
      ? `${words.card(model.organizationName)}. ${words.voided}`
      : words.card(model.organizationName);
  const sketch =
    model.barcode &&
    html`<div class="t-card-code t-card-code-sketch t-card-code-${shapeOf(model.barcode.format)}"></div>`;
  return html`<div class="${classes(model, options)} t-card-thumbnail" role="img" aria-label="${name}"><div class="t-card-face" style="${colourStyle(model)}" aria-hidden="true">${appleFaceTop(model)}${sketch}</div></div>`;
}

function classes(model: CardModel, options: CardOptions): string {
  return `t-card t-card-${options.platform} t-card-${model.style}${model.voided === true ? ' t-card-voided' : ''}`;
}
