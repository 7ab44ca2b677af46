import type { GoogleCardModel, GoogleLine } from './card-model.ts';
import { codeFigure, hex, namedLink, picture, withLinks } from './card-parts.ts';
import { WORDS } from './card-words.ts';
import { contrastRatio } from './contrast.ts';
import { type Html, html } from './html.ts';

export interface GoogleCardOptions {
  /** `back`: the page of details below the card. */
  readonly side?: 'front' | 'back';
  readonly lang: 'ru' | 'en';
  readonly wallpaper?: 'light' | 'dark';
}

/** Draws a card as Google Wallet does, as HTML (escaped). Needs card.css and card-forms.css. */
export function renderGoogleCard(card: GoogleCardModel, options: GoogleCardOptions): string {
  const drawn = options.side === 'back' ? details(card, options) : front(card, options);
  if (options.wallpaper === undefined) return drawn.html;
  return html`<div class="t-wallpaper t-wallpaper-${options.wallpaper}">${drawn}</div>`.html;
}

/**
 * The logo in a circle with the issuer, the title, the rows, the code, and the wide picture at the bottom. Google chooses
 * black or white text by itself.
 */
function front(card: GoogleCardModel, { lang }: GoogleCardOptions): Html {
  const words = WORDS[lang];
  const rows = card.rows.map(
    (row) => html`<dl class="t-google-row t-google-row-${row.length}">${row.map(line('t-card-field'))}</dl>`,
  );
  const colour = hex(card.colour, '#ffffff');
  return html`<article class="t-card t-card-google${card.ended ? ' t-card-voided' : ''}" aria-label="${words.card(card.issuer)}">
<div class="t-card-face t-google-${inkOn(colour)}" style="--card-background:${colour}"><header class="t-google-header">${picture(card.logo, 't-google-logo')}<p>${card.issuer}</p></header>
<p class="t-google-title">${card.title}</p>${rows}${!card.ended && codeFigure(card.barcode, words.code)}${picture(card.hero, 't-google-hero')}</div>
${card.ended && html`<p class="t-card-stamp">${words.voided}</p>`}</article>`;
}

const line =
  (className: string) =>
  ({ label, value }: GoogleLine): Html =>
    html`<div class="${className}"><dt>${label}</dt><dd>${value}</dd></div>`;

/** White text wherever it can be read better than black. */
function inkOn(background: string): 'light' | 'dark' {
  return contrastRatio(background, '#ffffff') >= contrastRatio(background, '#000000') ? 'light' : 'dark';
}

function details(card: GoogleCardModel, { lang }: GoogleCardOptions): Html {
  const words = WORDS[lang];
  return html`<section class="t-card t-card-google t-card-back" aria-label="${words.details}"><div class="t-google-details">
<p class="t-google-details-title">${words.details}</p>
<dl>${card.details.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${withLinks(value)}</dd></div>`)}</dl>
${card.links.length > 0 && html`<ul>${card.links.map((link) => html`<li>${namedLink(link)}</li>`)}</ul>`}</div></section>`;
}
