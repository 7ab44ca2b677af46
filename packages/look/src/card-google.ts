import { GOOGLE_DETAILS_MAX, layGoogleDetails, layGoogleRows } from './card-layout.ts';
import type { CardGoogleFace, CardModel, CardOptions } from './card-model.ts';
import { barcode, colourStyle, hex, namedLink, picture, smallField, withLinks } from './card-parts.ts';
import { WORDS } from './card-words.ts';
import { contrastRatio } from './contrast.ts';
import { type Html, html } from './html.ts';

const faceOf = (model: CardModel): CardGoogleFace => model.google ?? { vertical: 'loyalty', title: model.logoText };

/**
 * The card as Google Wallet lays it out: the logo in a circle with the issuer, the title, up to three rows, the code, and
 * the wide picture at the bottom. Google chooses black or white text by itself; colours of text are not heeded.
 */
export function googleFront(model: CardModel, { lang }: CardOptions): Html {
  const words = WORDS[lang];
  const face = faceOf(model);
  const rows = layGoogleRows(model).map(
    (row) => html`<dl class="t-google-row t-google-row-${row.length}">${row.map(smallField)}</dl>`,
  );
  const ink = inkOn(hex(model.colours.background, '#ffffff'));
  return html`<article class="t-card t-card-google${model.voided === true ? ' t-card-voided' : ''}" aria-label="${words.card(model.organizationName)}">
<div class="t-card-face t-google-${ink}" style="${colourStyle(model)}"><header class="t-google-header">${picture(face.logo ?? model.images.logo, 't-google-logo')}<p>${model.organizationName}</p></header>
<p class="t-google-title">${face.title}</p>${rows}${barcode(model, words.code)}${picture(face.hero ?? model.images.strip, 't-google-hero')}</div>
${model.voided === true && html`<p class="t-card-stamp">${words.voided}</p>`}</article>`;
}

/** White text wherever it can be read better than black. */
function inkOn(background: string): 'light' | 'dark' {
  return contrastRatio(background, '#ffffff') >= contrastRatio(background, '#000000') ? 'light' : 'dark';
}

/** The page of details below the card: ten texts, then the links. */
export function googleDetails(model: CardModel, { lang }: CardOptions): Html {
  const words = WORDS[lang];
  const texts = layGoogleDetails(model, faceOf(model).vertical).slice(0, GOOGLE_DETAILS_MAX);
  const links = model.links ?? [];
  return html`<section class="t-card t-card-google t-card-back" aria-label="${words.details}"><div class="t-google-details">
<p class="t-google-details-title">${words.details}</p>
<dl>${texts.map((field) => html`<div><dt>${field.label}</dt><dd>${withLinks(field.value)}</dd></div>`)}</dl>
${links.length > 0 && html`<ul>${links.map((link) => html`<li>${namedLink(link)}</li>`)}</ul>`}</div></section>`;
}
