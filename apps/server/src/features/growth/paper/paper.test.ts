import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { bytesOf, pagesOf, readCodes } from '../../../../test/paper.ts';
import type { PaperCard } from '../../wallet/index.ts';
import { drawCardPdf } from './card-pdf.ts';
import { drawPoster } from './poster.ts';
import { drawPrintSheet } from './print-sheet.ts';

const art = (name: string, width: number) =>
  sharp(readFileSync(fileURLToPath(new URL(`../../demo/art/${name}.svg`, import.meta.url))))
    .resize(width)
    .png()
    .toBuffer();
const logo = await art('logo', 480);
const strip = await art('strip', 1125);
const now = Temporal.Instant.from('2026-03-01T09:00Z');

const card = (change: Partial<PaperCard> = {}): PaperCard => ({
  organizationName: 'Траттория «Чайка» & Café',
  logoText: 'Чайка',
  colours: { background: '#1b3641', foreground: '#fdf3e2', label: '#e8b98c' },
  front: [
    { label: 'Гость', value: 'Мария Константинопольская-Оглы' },
    { label: 'Карта', value: '4821 0937 5512' },
  ],
  back: [
    { label: 'Где нас найти', value: 'Набережная, 7. Каждый день с 10 до 23.\n+7 812 345-67-89' },
    { label: 'Правила', value: 'Баллами можно оплатить до половины чека. '.repeat(8) },
  ],
  barcode: { format: 'qr', message: '482109375512', altText: '4821 0937 5512' },
  serial: '482109375512',
  logo,
  strip,
  ...change,
});
const words = { cut: 'Вырежьте по рамке.', balance: 'Баланса здесь нет.' };
const pdf = (form: 'fold' | 'card', change?: Partial<PaperCard>) =>
  drawCardPdf({ card: card(change), form, title: 'Карта', language: 'ru', words, now }).then(bytesOf);

const MILLIMETRES = 25.4 / 72;

test.each([
  ['qr', 'QRCode', '482109375512'],
  ['aztec', 'Aztec', '482109375512'],
  ['pdf417', 'PDF417', '482109375512'],
  ['code128', 'Code128', '482109375512'],
  ['ean13', 'EAN13', '4006381333931'],
  ['qr', 'QRCode', 'https://cards.example.com/x?number=482109375512&name=%D0%9C'],
] as const)('a %s code on a printed card is read by a scanner', async (format, name, message) => {
  const [front] = pagesOf(await pdf('card', { barcode: { format, message, altText: '' } }));
  const [code] = await readCodes(front!);
  expect(code?.text).toBe(message);
  expect(code?.format.replace(/[-_ ]/g, '')).toBe(name);
  expect(code!.millimetres).toBeGreaterThan(20);
});

test('a row of PDF417 is three modules high, as scanners want it', async () => {
  const [front] = pagesOf(await pdf('card', { barcode: { format: 'pdf417', message: '482109375512', altText: '' } }));
  const shapes = [...front!.content.matchAll(/^[\d.]+ [\d.]+ ([\d.]+) ([\d.]+) re$/gm)].map(([, ...size]) =>
    size.map(Number),
  );
  // Grounds are large; what is left are the bars.
  const bars = shapes.filter(([, height]) => height! < 20) as [number, number][];
  const module = Math.min(...bars.map(([width]) => width));
  expect(bars.length).toBeGreaterThan(100);
  for (const [, height] of bars) expect(height / module).toBeCloseTo(3, 1);
});

test('a card has two sides of the size of a bank card, or stands on a page to cut and fold', async () => {
  const pages = pagesOf(await pdf('card'));
  expect(
    pages.map(({ width, height }) => [width * MILLIMETRES, height * MILLIMETRES].map((one) => one.toFixed(1))),
  ).toEqual([
    ['85.6', '54.0'],
    ['85.6', '54.0'],
  ]);
  const [fold, ...others] = pagesOf(await pdf('fold'));
  expect(others).toEqual([]);
  expect((await readCodes(fold!)).map(({ text }) => text)).toEqual(['482109375512']);
});

test('the fonts of its texts are in the file', async () => {
  const text = (await pdf('fold')).toString('latin1');
  expect(text.match(/\/BaseFont \/[A-Z]{6}\+GolosText/g)?.length).toBeGreaterThanOrEqual(2);
  expect(text).not.toMatch(/\/BaseFont \/Helvetica/);
});

test('a sheet has ten cards on a page, all read, and carries their pictures once', async () => {
  async function* cards(count: number): AsyncGenerator<PaperCard> {
    for (let at = 0; at < count; at += 1)
      yield card({ barcode: { format: 'qr', message: `48210937${at + 1000}`, altText: '' } });
  }
  const sheet = (count: number, backs = false) =>
    drawPrintSheet({ title: 'Карты', language: 'ru', backs, now }, cards(count)).then(bytesOf);
  const one = await sheet(1);
  const twelve = await sheet(12);
  const [first, second, ...none] = pagesOf(twelve);
  expect(none).toEqual([]);
  const read = (await readCodes(first!)).map(({ text }) => text).sort();
  expect(read).toEqual(Array.from({ length: 10 }, (_, at) => `48210937${at + 1000}`));
  expect(await readCodes(second!)).toHaveLength(2);
  expect(twelve.byteLength).toBeLessThan(one.byteLength * 1.5);
  expect(pagesOf(await sheet(12, true))).toHaveLength(4);
  expect(pagesOf(await sheet(0))).toHaveLength(1);
});

test.each(['ru', 'en'])('a poster’s code leads to the form (%s)', async (language) => {
  const url = 'https://cards.example.com/n/summer-on-the-embankment';
  const file = await bytesOf(
    await drawPoster({
      company: 'Чайка',
      heading: 'Карта гостя в вашем телефоне, с баллами за каждый чек',
      lead: 'Останется в телефоне. Баллы копятся с каждого чека.',
      steps: ['Наведите камеру', 'Напишите имя и номер', 'Показывайте карту'],
      url,
      address: 'cards.example.com/n/summer-on-the-embankment',
      colours: { background: '#1b3641', foreground: '#fdf3e2' },
      logo,
      language,
      now,
    }),
  );
  const [page] = pagesOf(file);
  const [code] = await readCodes(page!);
  expect(code?.text).toBe(url);
  expect(code!.millimetres).toBeGreaterThan(75);
});
