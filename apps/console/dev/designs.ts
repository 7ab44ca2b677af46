import type {
  CardPicture,
  DesignBody,
  DesignDetail,
  DesignPreview,
  DesignPreviewRequest,
  DesignRow,
  DesignUpdate,
  DesignVariable,
  NewPicture,
  StoredPicture,
} from '@tessera/contract';
import { designs } from './pictures.ts';

/** Designs for work on the designer without a server: saved in memory, with a picture that only fills in samples. */

const variable = (
  name: string,
  group: DesignVariable['group'],
  about: string,
  sample: string,
  value: DesignVariable['value'] = 'text',
): DesignVariable => ({ name, group, about, sample, value });

export const designVariables: readonly DesignVariable[] = [
  variable('FirstName#', 'guest', 'имя', 'Мария'),
  variable('LastName#', 'guest', 'фамилия', 'Иванова'),
  variable('Serial#', 'card', 'номер карты', '7K2M9QX4B8VN3T6Z'),
  variable('ExpirationDate#', 'card', 'последний день карты', '31 декабря 2027', 'date'),
  variable('LoyaltyValue#', 'loyalty', 'баллы', '1 250', 'number'),
  variable('Level#', 'loyalty', 'уровень', 'Серебро'),
  variable('NextLevelMissing#', 'loyalty', 'сколько до следующего уровня', '11 600 ₽'),
  variable('Stamps#', 'loyalty', 'штампы', '4', 'number'),
  variable('StampsGoal#', 'loyalty', 'сколько нужно штампов', '6', 'number'),
  variable('StampsLeft#', 'loyalty', 'сколько штампов осталось', '2', 'number'),
  variable('StampsReward#', 'loyalty', 'награда', 'Кофе в подарок'),
  variable('ExpiringValue#', 'loyalty', 'сколько скоро сгорит', '300', 'number'),
  variable('ExpiringDate#', 'loyalty', 'когда сгорит', '12 марта', 'date'),
  variable('Header1#', 'field', 'первое поле вверху справа', ''),
];

const fill = (text: string): string =>
  designVariables.reduce((said, { name, sample }) => said.replaceAll(name, sample), text);
const HASH = '0'.repeat(64);
const uploads = new Map<string, string>();

function bodyOf({ picture }: DesignRow): DesignBody {
  const group = (list: CardPicture['headerFields']) => list.map(({ key, label, value }) => ({ key, label, value }));
  return {
    style: picture.style,
    language: 'ru',
    texts: { en: { logoText: 'Tessera', fields: { level: { label: 'level' } } } },
    organizationName: picture.organizationName,
    description: 'Карта гостя',
    logoText: picture.logoText,
    colours: picture.colours,
    images: { 'icon@2x.png': HASH, 'logo@2x.png': HASH, 'strip@2x.png': HASH },
    fields: {
      header: group(picture.headerFields).map((field) => ({ ...field, changeMessage: 'Теперь вы «%@»' })),
      primary: group(picture.primaryFields),
      secondary: group(picture.secondaryFields),
      auxiliary: group(picture.auxiliaryFields),
      back: group(picture.backFields),
    },
    barcode: { format: 'qr', message: 'Serial#', altText: 'Serial#' },
    sharingProhibited: false,
  };
}

const saved = new Map<number, DesignDetail>(
  designs.map((row) => [
    row.designId,
    {
      designId: row.designId,
      name: row.name,
      programmeId: 1,
      programme: row.programme,
      credentialId: row.credential?.id ?? null,
      body: bodyOf(row),
      revision: row.revision,
      published: row.revision,
      passes: row.passes,
      savedAt: '2026-10-02T09:30:00Z',
      lastPushAt: '2026-10-02T09:31:00Z',
      archivedAt: row.archivedAt,
      problems: [],
    },
  ]),
);

export const designOf = (id: string): DesignDetail | undefined => saved.get(Number(id));

/** Null where somebody else has saved meanwhile. */
export function saveDesign(id: string, update: DesignUpdate): DesignDetail | null {
  const before = designOf(id);
  if (!before || before.revision !== update.revision) return null;
  const revision = before.revision + 1;
  const after = {
    ...before,
    ...{ name: update.name, credentialId: update.credentialId, body: update.body, revision },
    published: update.push === true ? revision : before.published,
  };
  saved.set(before.designId, after);
  return after;
}

export function pushDesign(id: string): DesignDetail | undefined {
  const before = designOf(id);
  if (before) saved.set(before.designId, { ...before, published: before.revision });
  return designOf(id);
}

export function keepPicture({ purpose, content }: NewPicture): StoredPicture {
  const hash = String(uploads.size + 1).padStart(64, '0');
  const url = `data:image/png;base64,${content}`;
  uploads.set(hash, url);
  const images = { [`${purpose}@2x.png`]: hash };
  return { purpose, images, url, source: { width: 600, height: 300 }, enlarged: false };
}

const problemsOf = ({ fields }: DesignBody): DesignPreview['problems'] =>
  fields.secondary.length + fields.auxiliary.length > 4
    ? [
        {
          path: 'fields/auxiliary',
          code: 'not_drawn',
          severity: 'warning',
          parameters: { drawn: 4 },
          message: 'Телефон покажет четыре поля из этих двух строк.',
        },
      ]
    : [];

export function previewOf({ body }: DesignPreviewRequest): DesignPreview {
  const picture = designs[0]!.picture;
  const languages = [body.language, ...(Object.keys(body.texts ?? {}) as ('ru' | 'en')[])];
  const faces = languages.map((language) => {
    const texts = body.texts?.[language];
    const group = (list: DesignBody['fields']['header']) =>
      list.map(({ key, label, value, alignment }) => ({
        key,
        label: texts?.fields?.[key]?.label ?? label,
        value: fill(texts?.fields?.[key]?.value ?? value),
        ...(alignment ? { alignment } : {}),
      }));
    const { header, primary, secondary, auxiliary, back } = body.fields;
    const fields = [...header, ...primary, ...secondary, ...auxiliary, ...back];
    const imageOf = (name: 'logo' | 'strip' | 'icon'): string | undefined =>
      uploads.get(body.images[`${name}@2x.png`] ?? '') ?? picture.images[name];
    const images = Object.fromEntries(
      (['logo', 'strip', 'icon'] as const).flatMap((name) => (imageOf(name) ? [[name, imageOf(name)]] : [])),
    );
    const all = group([...header, ...primary, ...secondary, ...auxiliary]);
    const byKey = (keys: readonly string[]) => all.filter(({ key }) => keys.includes(key));
    const code = picture.barcode ? { ...picture.barcode, altText: fill(body.barcode?.altText ?? '') } : undefined;
    const card: CardPicture = {
      style: body.style,
      organizationName: texts?.organizationName ?? body.organizationName,
      logoText: texts?.logoText ?? body.logoText,
      images,
      colours: body.colours,
      headerFields: group(header),
      primaryFields: group(primary),
      secondaryFields: group(secondary),
      auxiliaryFields: group(auxiliary),
      backFields: group(back),
      ...(body.barcode && code ? { barcode: { ...code, format: body.barcode.format } } : {}),
      ...(body.poster
        ? {
            poster: {
              headerFields: byKey(body.poster.header),
              primaryFields: [
                ...(body.poster.title ? [{ key: 'title', label: '', value: fill(body.poster.title) }] : []),
                ...byKey(body.poster.primary),
              ],
              footerFields: byKey(body.poster.footer),
            },
          }
        : {}),
      links: (body.links ?? []).map(({ label, url }) => ({ label, url })),
    };
    return {
      language,
      card,
      google: {
        vertical: body.google?.vertical ?? ('loyalty' as const),
        issuer: card.organizationName,
        title: card.logoText || card.organizationName,
        colour: body.colours.background,
        ...images,
        rows: [all.slice(0, 2), all.slice(2, 5), all.slice(5, 8)].filter((row) => row.length > 0),
        details: [...all.slice(1), ...card.backFields],
        links: card.links ?? [],
        ...(card.barcode ? { barcode: card.barcode } : {}),
        ended: false,
      },
      messages: fields.flatMap(({ key, value, changeMessage }) =>
        changeMessage?.includes('%@') ? [{ field: key, text: changeMessage.replace('%@', fill(value)) }] : [],
      ),
      nearby: (body.places ?? []).map(({ text }) => text).filter((text) => text !== ''),
    };
  });
  return { problems: problemsOf(body), faces, bytes: 84_000 };
}
