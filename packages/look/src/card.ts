import type { CardField, CardModel, CardOptions } from './card-model.ts';
import { APPLE_STORE_CARD } from './card-model.ts';
import { type Html, html, safeUrl, trusted } from './html.ts';

const WORDS = {
  ru: {
    card: (name: string) => `Карта «${name}»`,
    voided: 'Карта больше не действует',
    code: 'Код карты',
    updates: 'Автообновление',
    lockScreen: 'Показывать на экране блокировки',
    remove: 'Удалить карту',
    on: 'включено',
    off: 'выключено',
    information: 'Сведения о карте',
  },
  en: {
    card: (name: string) => `${name} card`,
    voided: 'This card is no longer valid',
    code: 'Card code',
    updates: 'Automatic updates',
    lockScreen: 'Suggest on Lock Screen',
    remove: 'Remove card',
    on: 'on',
    off: 'off',
    information: 'Card details',
  },
} as const;

/**
 * Draws a card as HTML (escaped). The drawing scales with the width of its container, up to 375 px; needs card.css.
 * Fields beyond what the platform draws are left out, exactly as the phone leaves them out.
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
  const words = WORDS[options.lang];
  const stamp = html`<p class="t-card-stamp">${words.voided}</p>`;
  return html`<article class="${classes(model, options)}" aria-label="${words.card(model.organizationName)}">
<div class="t-card-face" style="${colourStyle(model)}">${faceTop(model)}${barcode(model, words.code)}</div>
${model.voided === true && stamp}</article>`;
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
  return html`<div class="${classes(model, options)} t-card-thumbnail" role="img" aria-label="${name}"><div class="t-card-face" style="${colourStyle(model)}" aria-hidden="true">${faceTop(model)}${sketch}</div></div>`;
}

function faceTop(model: CardModel): Html {
  const primary = model.primaryFields.slice(0, APPLE_STORE_CARD.primaryFields);
  const row = [...model.secondaryFields, ...model.auxiliaryFields].slice(0, APPLE_STORE_CARD.rowFields);
  return html`${header(model)}
<div class="t-card-strip">${picture(model.images.strip, 't-card-strip-image')}${primary.map(primaryField)}</div>
${row.length > 0 && html`<dl class="t-card-row">${row.map(smallField)}</dl>`}`;
}

function header(model: CardModel): Html {
  const fields = model.headerFields.slice(0, APPLE_STORE_CARD.headerFields);
  return html`<header class="t-card-header">${picture(model.images.logo, 't-card-logo')}
<p class="t-card-logo-text">${model.logoText}</p>
${fields.length > 0 && html`<dl class="t-card-header-fields">${fields.map(smallField)}</dl>`}</header>`;
}

/** Wallet makes a long primary value smaller, in the end cuts it off; the steps are ours. */
function primaryField(field: CardField): Html {
  const size =
    field.value.length > 14 ? ' t-card-primary-longer' : field.value.length > 9 ? ' t-card-primary-long' : '';
  return html`<dl class="t-card-primary${size}"><div><dd>${field.value}</dd><dt>${field.label}</dt></div></dl>`;
}

function smallField(field: CardField): Html {
  return html`<div class="t-card-field"><dt>${field.label}</dt><dd>${field.value}</dd></div>`;
}

function barcode(model: CardModel, name: string): Html | undefined {
  const code = model.barcode;
  if (code === undefined || model.voided === true) return undefined;
  return html`<figure class="t-card-code t-card-code-${shapeOf(code.format)}"><img src="${svgDataUrl(code.svg)}" alt="${name}">
${code.altText !== undefined && code.altText !== '' && html`<figcaption>${code.altText}</figcaption>`}</figure>`;
}

function back(model: CardModel, options: CardOptions): Html {
  const words = WORDS[options.lang];
  const toggle = (text: string, on: boolean): Html =>
    html`<div class="t-back-toggle"><span>${text}</span><i class="${on ? 't-on' : 't-off'}" role="img" aria-label="${on ? words.on : words.off}"></i></div>`;
  return html`<section class="t-card t-card-back t-card-${options.platform}" aria-label="${words.information}"><div class="t-back">
<p class="t-back-title">${words.information}</p>
${options.platform === 'apple' && html`<div class="t-back-group">${toggle(words.updates, options.automaticUpdates !== false)}${toggle(words.lockScreen, true)}</div>`}
<dl class="t-back-group">${model.backFields.map((field) => html`<div class="t-back-field"><dt>${field.label}</dt><dd>${withLinks(field.value)}</dd></div>`)}</dl>
${options.platform === 'apple' && html`<div class="t-back-group t-back-remove">${words.remove}</div>`}</div></section>`;
}

/** Wallet finds addresses and phone numbers in back fields and makes them links; so do we. */
function withLinks(text: string): Html[] {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)»]|\+\d[\d\s()-]{8,18}\d)/g).map((part, index) => {
    if (index % 2 === 0) return html`${part}`;
    const href = part.startsWith('+') ? `tel:${part.replace(/[^\d+]/g, '')}` : part;
    return html`<a href="${href}" rel="noopener noreferrer">${part}</a>`;
  });
}

function picture(url: string | undefined, className: string): Html | undefined {
  const address = safeUrl(url, 'image');
  return address === undefined ? undefined : html`<img class="${className}" src="${address}" alt="">`;
}

function classes(model: CardModel, options: CardOptions): string {
  return `t-card t-card-${options.platform}${model.voided === true ? ' t-card-voided' : ''}`;
}

function colourStyle(model: CardModel): string {
  const { background, foreground, label } = model.colours;
  return `--card-background:${hex(background, '#ffffff')};--card-foreground:${hex(foreground, '#221c17')};--card-label:${hex(label, '#6f655b')}`;
}

function hex(colour: string, fallback: string): string {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : fallback;
}

function shapeOf(format: 'qr' | 'pdf417' | 'aztec' | 'code128'): 'square' | 'wide' {
  return format === 'qr' || format === 'aztec' ? 'square' : 'wide';
}

/** An SVG document as an address for `<img>`: as a picture it can neither run scripts nor fetch anything. */
export function svgDataUrl(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg).replaceAll('%20', ' ').replaceAll('%3D', '=').replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
}
