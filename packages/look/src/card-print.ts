import type { CardField, CardModel, CardOptions } from './card-model.ts';
import { barcode, colourStyle, picture, shapeOf, smallField, withLinks } from './card-parts.ts';
import { WORDS } from './card-words.ts';
import { type Html, html } from './html.ts';

/** No more than fit. */
const FIELDS_MAX = 3;
/** Over a wide code they stand beside one another. */
const WIDE_FIELDS_MAX = 2;
const BACK_FIELDS_MAX = 4;

/** A number on paper stays what it was: a balance would be wrong after the next sale. */
const lasting = ({ lasting: keys }: CardModel, fields: readonly CardField[]): readonly CardField[] =>
  keys === undefined ? fields : fields.filter(({ key }) => keys.includes(key));

/** A card of plastic or paper, 85.6 × 54 mm: the look on one side with the code, the texts on the other. */
export function printFront(model: CardModel, { lang }: CardOptions): Html {
  const words = WORDS[lang];
  const shape = model.barcode === undefined ? 'none' : shapeOf(model.barcode.format);
  const { primaryFields, secondaryFields, auxiliaryFields, headerFields } = model;
  const all = [...primaryFields, ...secondaryFields, ...auxiliaryFields, ...headerFields];
  const fields = lasting(model, all).slice(0, shape === 'wide' ? WIDE_FIELDS_MAX : FIELDS_MAX);
  return html`<article class="t-card t-card-print t-print-${shape}" aria-label="${words.printed}"><div class="t-card-face" style="${colourStyle(model)}">
${picture(model.images.strip, 't-print-art')}<div class="t-print-text"><header class="t-print-header">${picture(model.images.logo, 't-card-logo')}<p class="t-card-logo-text">${model.logoText === '' ? model.organizationName : model.logoText}</p></header>
<dl class="t-print-fields">${fields.map(smallField)}</dl></div>${barcode(model, words.code)}</div></article>`;
}

/** The other side of a printed card. */
export function printBack(model: CardModel, { lang }: CardOptions): Html {
  const texts = lasting(model, model.backFields).slice(0, BACK_FIELDS_MAX);
  return html`<section class="t-card t-card-print t-card-back" aria-label="${WORDS[lang].information}"><div class="t-card-face t-print-back">
<dl>${texts.map((field) => html`<div><dt>${field.label}</dt><dd>${withLinks(field.value)}</dd></div>`)}</dl><p>${model.organizationName}</p></div></section>`;
}
