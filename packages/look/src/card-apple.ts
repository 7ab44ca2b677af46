import { type AppleFront, layAppleFront, layPoster } from './card-layout.ts';
import type { CardField, CardModel, CardPoster } from './card-model.ts';
import { barcode, picture, smallField } from './card-parts.ts';
import { type Html, html } from './html.ts';

/** Everything above the code, as Apple Wallet lays out the style of the card. */
export function appleFaceTop(model: CardModel): Html {
  const front = layAppleFront(model);
  const rows = front.rows.map((row) => html`<dl class="t-card-row">${row.map(smallField)}</dl>`);
  return html`${backdrop(model)}${header(model, front.header)}
${hasStrip(model) ? strip(model, front) : body(model, front)}${rows}`;
}

/** Store cards and coupons always keep room for a strip; an event ticket has one only with its picture. */
function hasStrip({ style, images }: CardModel): boolean {
  if (style === 'storeCard' || style === 'coupon') return true;
  return style === 'eventTicket' && images.strip !== undefined;
}

/** An event ticket without a strip may lie on a picture, which Wallet blurs. */
function backdrop(model: CardModel): Html | undefined {
  if (model.style !== 'eventTicket' || hasStrip(model)) return undefined;
  return picture(model.images.background, 't-card-backdrop');
}

function header(model: CardModel, fields: readonly CardField[]): Html {
  return html`<header class="t-card-header">${picture(model.images.logo, 't-card-logo')}
<p class="t-card-logo-text">${model.logoText}</p>
${fields.length > 0 && html`<dl class="t-card-header-fields">${fields.map(smallField)}</dl>`}</header>`;
}

function strip({ style, images }: CardModel, { primary }: AppleFront): Html {
  const low = style === 'eventTicket' ? ' t-card-strip-low' : '';
  return html`<div class="t-card-strip${low}">${picture(images.strip, 't-card-strip-image')}${primary.map(primaryField)}</div>`;
}

function body({ images }: CardModel, { primary }: AppleFront): Html {
  const thumbnail = picture(images.thumbnail, 't-card-thumb');
  return html`<div class="t-card-body">${primary.map(plainPrimary)}${thumbnail}</div>`;
}

/** Wallet makes a long primary value smaller, in the end cuts it off; the steps are ours. */
function primaryField(field: CardField): Html {
  const size =
    field.value.length > 14 ? ' t-card-primary-longer' : field.value.length > 9 ? ' t-card-primary-long' : '';
  return html`<dl class="t-card-primary${size}"><div><dd>${field.value}</dd><dt>${field.label}</dt></div></dl>`;
}

/** Without a strip the label stands above, and the value is smaller. */
function plainPrimary(field: CardField): Html {
  return html`<dl class="t-card-plain-primary"><div><dt>${field.label}</dt><dd>${field.value}</dd></div></dl>`;
}

/**
 * The poster of iOS 27: the picture over the whole face, words at its foot. What is drawn and how many is Apple's; the
 * places are estimated from the guidelines, since there is no drawing to measure.
 */
export function posterFace(model: CardModel, poster: CardPoster, codeName: string): Html {
  const { header: headers, title, primary, footer } = layPoster(poster);
  const { images } = model;
  return html`${picture(images.artwork ?? images.background ?? images.strip, 't-poster-art')}
<header class="t-poster-header">${picture(images.primaryLogo ?? images.logo, 't-poster-logo')}
${headers.length > 0 && html`<dl class="t-card-header-fields">${headers.map(smallField)}</dl>`}</header>
<div class="t-poster-foot">${title !== '' && html`<p class="t-poster-title">${title}</p>`}
${primary.length > 0 && html`<dl class="t-card-row">${primary.map(smallField)}</dl>`}
${barcode(model, codeName)}
${footer.length > 0 && html`<dl class="t-poster-footer">${footer.map(smallField)}</dl>`}</div>`;
}
