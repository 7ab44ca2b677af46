import { contrastRatio, type Html, html, type Lang, readableOn, renderCard, trusted } from '@tessera/look';
import type {
  ConsentBox,
  RegistrationError,
  RegistrationField,
  RegistrationPageData,
  ThanksPageData,
  Translate,
} from '../data.ts';
import { link, renderDocument, withLink } from '../document.ts';
import { cardCss, formCss } from '../styles.ts';

/**
 * The form of `/n/<formId>`. On a phone the script shows one question at a time; without it, or after an error, all stand below one another.
 */
export function registrationPage(data: RegistrationPageData, t: Translate, lang: Lang): string {
  const failed = hasErrors(data);
  const phone = data.fields.find((one) => one.kind === 'phone');
  const button = data.button ?? t(phone?.confirmed === true ? 'form.submit' : 'form.submitAtOnce');
  const main = html`<div class="form-page">
<div class="form-intro"><h1>${data.heading ?? t('form.heading')}</h1><p class="lead">${data.lead ?? t('form.lead')}</p>
${data.card !== undefined && html`<div class="form-card">${trusted(renderCard(data.card, { platform: 'apple', size: 'thumbnail', lang }))}</div>`}</div>
<form method="post" action="${link(data.action)}" novalidate class="form" data-form="register" data-steps="${failed || data.still === true ? 'off' : 'on'}" data-step-text="${t('form.step', { current: '{current}', total: '{total}' })}" data-dial-code="${phone?.dialCode ?? ''}" data-busy="${t('form.busy')}">
<input type="hidden" name="attempt" value="${data.attempt}"><input type="hidden" name="lang" value="${lang}">${invited(data)}
${problem(data, t, failed)}
${data.fields.map((one) => fieldOf(one, t))}${consents(data, t)}
<div class="form-actions"><button type="button" class="button button-quiet" data-back hidden>${t('form.back')}</button><button type="submit" class="button" data-next-text="${t('form.next')}">${button}</button></div>
<p class="form-step" data-step-counter aria-live="polite"></p>
</form></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('form.title', { company: data.site.company?.name ?? '' }),
    description: data.lead ?? t('form.lead'),
    search: 'open',
    css: formCss + (data.card === undefined ? '' : cardCss) + ownColour(data.colour),
    ...(data.still === true ? {} : { script: 'register' }),
    main,
    width: 'wide',
  });
}

/** What the company says once the card is made, and the way to it. */
export function thanksPage(data: ThanksPageData, t: Translate, lang: Lang): string {
  const main = html`<div class="form-page narrow"><h1>${t('thanks.heading')}</h1>
${data.text.split(/\n+/).map((line) => html`<p>${line}</p>`)}
${data.card !== undefined && html`<div class="form-card thanks-card">${trusted(renderCard(data.card, { platform: 'apple', size: 'thumbnail', lang }))}</div>`}
<p class="form"><a class="button" href="${link(data.cardUrl)}">${t('thanks.card')}</a></p></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('form.title', { company: data.site.company?.name ?? '' }),
    description: t('thanks.heading'),
    search: 'private',
    css: formCss + (data.card === undefined ? '' : cardCss) + ownColour(data.colour),
    main,
  });
}

const COLOUR = /^#[0-9a-f]{6}$/i;
/** A button has to stand out from the page, light or dark; else it gets an edge. */
const SEEN = 1.6;

/** The button in a colour of the company's own, its words in what can be read on it. */
function ownColour(colour: string | undefined): string {
  if (colour === undefined || !COLOUR.test(colour)) return '';
  const ink = readableOn('#ffffff', colour);
  const faint = contrastRatio(colour, '#faf7f2') < SEEN || contrastRatio(colour, '#171412') < SEEN;
  return `.form .button:not(.button-quiet),.form .button:not(.button-quiet):hover,.form .button:not(.button-quiet):active{background:${colour};color:${ink};${faint ? 'border-color:var(--field)' : ''}}.form .tick input{accent-color:${colour}}`;
}

/** Whose link it was travels with the form; no cookie is set. The script adds the name that this browser keeps. */
function invited({ invite }: RegistrationPageData): Html | undefined {
  if (invite === undefined) return undefined;
  return html`<input type="hidden" name="invite" value="${invite.code}"><input type="hidden" name="touch" value="${invite.touch ?? ''}"><input type="hidden" name="device" value="" data-device>${invite.text !== undefined && html`<p class="notice" role="note">${invite.text}</p>`}`;
}

const hasErrors = ({ fields, consent, problem }: RegistrationPageData): boolean =>
  problem !== undefined || consent.error !== undefined || fields.some(({ error }) => error !== undefined);

function problem(data: RegistrationPageData, t: Translate, failed: boolean): Html | undefined {
  if (!failed) return undefined;
  const text =
    data.problem === undefined
      ? t('form.problems')
      : t(`form.problem.${data.problem.code}`, data.problem.code === 'too_many' ? { count: data.problem.minutes } : {});
  return html`<p class="notice notice-bad" role="alert">${text}</p>`;
}

type Told = { readonly example?: string; readonly label?: string };

const errorText = (error: RegistrationError, told: Told, t: Translate): string =>
  t(
    `form.errors.${error.code}`,
    error.code === 'too_young' ? { count: error.age } : { example: '', label: '', ...told },
  );

/** What our own fields look like to a browser: the keyboard, what it may fill in, how long it may be. */
const inputs = {
  name: 'type="text" autocomplete="name" autocapitalize="words" maxlength="100"',
  firstName: 'type="text" autocomplete="given-name" autocapitalize="words" maxlength="100"',
  lastName: 'type="text" autocomplete="family-name" autocapitalize="words" maxlength="100"',
  middleName: 'type="text" autocomplete="additional-name" autocapitalize="words" maxlength="100"',
  email: 'type="email" autocomplete="email" inputmode="email" autocapitalize="none" spellcheck="false" maxlength="254"',
  phone: 'type="tel" autocomplete="tel" inputmode="tel" maxlength="32"',
  birthday: 'type="date" autocomplete="bday"',
  text: 'type="text" maxlength="220"',
} as const;

/** One question with its hint and what is wrong with it. */
function fieldOf(field: RegistrationField, t: Translate): Html {
  const { name, error, required, kind } = field;
  const own = kind === 'text' || kind === 'choice';
  const label = own ? field.label : t(`form.${kind}.label`);
  const hint = own || kind === 'sex' ? undefined : t(hintOf(field));
  const example = kind === 'phone' ? field.example : '';
  const missing = missingText(field, { example, label }, t);
  const described = [
    ...(error === undefined ? [] : [`${name}-error`]),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ];
  const attributes = html`id="${name}" name="${name}"${described.length > 0 && html` aria-describedby="${described.join(' ')}"`}${error !== undefined && trusted(' aria-invalid="true"')}${required && html` required data-missing="${missing}"`}`;
  return html`<div class="field" data-step>
<label for="${name}">${label}${!required && html` <span class="optional">${t('form.optional')}</span>`}</label>
${control(field, attributes, t)}
<p class="error" id="${name}-error"${error === undefined && trusted(' hidden')}>${error && errorText(error, { example, label }, t)}</p>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`;
}

const hintOf = (field: RegistrationField): string =>
  field.kind === 'phone' && !field.confirmed ? 'form.phone.hintContact' : `form.${field.kind}.hint`;

function missingText({ kind }: RegistrationField, told: Told, t: Translate): string {
  const known = kind === 'name' || kind === 'phone' || kind === 'birthday';
  return errorText({ code: known ? `${kind}_missing` : 'field_missing' }, told, t);
}

function control(field: RegistrationField, attributes: Html, t: Translate): Html {
  const { value } = field;
  if (field.kind === 'sex' || field.kind === 'choice') {
    const choices: (readonly [string, string])[] =
      field.kind === 'choice'
        ? field.choices.map((text, index) => [String(index), text])
        : (['female', 'male'] as const).map((one) => [one, t(`form.sex.${one}`)]);
    return html`<select ${attributes}><option value="">${t('form.choose')}</option>${choices.map(
      ([key, text]) => html`<option value="${key}"${key === value && trusted(' selected')}>${text}</option>`,
    )}</select>`;
  }
  const usual = trusted(`${inputs[field.kind]} enterkeyhint="next"`);
  return html`<input ${usual} ${attributes} value="${value}"${further(field, t)}>`;
}

function further(field: RegistrationField, t: Translate): Html | undefined {
  if (field.kind === 'phone') {
    const { example } = field;
    return html` placeholder="${example}" data-wrong="${t('form.errors.phone_invalid', { example })}"`;
  }
  return field.kind === 'birthday' ? html` min="${field.min}" max="${field.max}"` : undefined;
}

/** Two boxes, both unticked at first, each with its own text: the law wants the consents apart, and marketing is no condition. */
function consents(data: RegistrationPageData, t: Translate): Html {
  const { consent, marketing } = data;
  const error = consent.error && errorText(consent.error, {}, t);
  return html`<fieldset class="field consents" data-step><legend class="unseen">${t('form.consents')}</legend>
<label class="tick"><input type="checkbox" name="consent" id="consent" required aria-describedby="consent-error"${consent.ticked && trusted(' checked')}${error !== undefined && trusted(' aria-invalid="true"')} data-missing="${t('form.errors.consent_missing')}"><span>${boxText(consent, t('form.consent'))}</span></label>
<p class="error" id="consent-error"${error === undefined && trusted(' hidden')}>${error}</p>
${marketing !== undefined && html`<label class="tick"><input type="checkbox" name="marketing" aria-describedby="marketing-hint"${marketing.ticked && trusted(' checked')}><span>${boxText(marketing, t(marketing.textUrl === undefined ? 'form.marketing' : 'form.marketingWithText'))}<small id="marketing-hint">${t('form.marketingHint')}</small></span></label>`}</fieldset>`;
}

/** Words without brackets are a link as a whole: the document is never out of reach. */
function boxText({ wording, textUrl }: ConsentBox, ours: string): Html {
  const text = wording ?? ours;
  if (textUrl === undefined) return html`${text}`;
  return withLink(/\[.+?\]/s.test(text) ? text : `[${text}]`, textUrl, { newTab: true });
}
