import { createHash } from 'node:crypto';
import type { DesignDetail, StoredPicture } from '@tessera/contract';
import { readZip } from '@tessera/pkpass';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { bundleOf } from '../build-bundle.ts';
import { openPress } from '../paper-card.ts';
import { pictureOfPass } from '../render-pass.ts';
import { selectDesign } from '../store/designs.ts';
import { checkBody } from './check-body.ts';

let house: WalletHouse;

beforeAll(async () => {
  house = await createWalletHouse();
}, 120_000);
afterAll(() => house?.close());

describe('a picture', () => {
  const upload = async (payload: object) => {
    const answer = await house.http.inject({ method: 'POST', url: '/api/v1/pictures', payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  const photo = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#3366aa' } });
  const base64 = async (picture: Sharp) => (await picture.toBuffer()).toString('base64');

  test.each([
    ['icon', 38, 38],
    ['strip', 375, 144],
    ['thumbnail', 90, 90],
    ['background', 345, 505],
  ] as const)('for %s is cut to its place in three sizes', async (purpose, width, height) => {
    const stored = await upload({ purpose, content: await base64(photo(1_600, 1_600).jpeg()) });
    expect(stored.status).toBe(201);
    const { images, enlarged } = stored.body as StoredPicture;
    expect(enlarged).toBe(false);
    for (const scale of [1, 2, 3]) {
      const sha256 = images[scale === 1 ? `${purpose}.png` : `${purpose}@${scale}x.png`];
      const file = await house.http.inject({ url: `/assets/${house.tenant.companyId}/${sha256}` });
      expect(await sharp(file.rawPayload).metadata()).toMatchObject({
        format: 'png',
        width: width * scale,
        height: height * scale,
      });
    }
  });

  test('can be used by a design at once', async () => {
    const url = `/api/v1/designs/${house.designId}`;
    const { name, credentialId, revision, body }: DesignDetail = (await house.http.inject({ url })).json();
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#a00"/></svg>';
    const stored = await upload({ purpose: 'logo', content: Buffer.from(svg).toString('base64') });
    const images = { ...body.images, ...stored.body.images };
    const payload = { name, credentialId, revision, body: { ...body, images } };
    expect((await house.http.inject({ method: 'PUT', url, payload })).statusCode).toBe(200);
  });

  test('says if it had to be enlarged, and takes the wanted part', async () => {
    const half = await photo(400, 200)
      .composite([
        { input: { create: { width: 200, height: 200, channels: 3, background: '#ff0000' } }, left: 200, top: 0 },
      ])
      .png()
      .toBuffer();
    const stored = await upload({
      purpose: 'icon',
      content: half.toString('base64'),
      crop: { left: 0.5, top: 0, width: 0.5, height: 1 },
    });
    expect(stored.body).toMatchObject({ source: { width: 200, height: 200 }, enlarged: false });
    const file = await house.http.inject({
      url: `/assets/${house.tenant.companyId}/${stored.body.images['icon.png']}`,
    });
    const { dominant } = await sharp(file.rawPayload).stats();
    expect(dominant.r).toBeGreaterThan(200);
    expect((await upload({ purpose: 'strip', content: await base64(photo(100, 40).webp()) })).body.enlarged).toBe(true);
  });

  test('that is none, or unpacks into a flood, is refused', async () => {
    const none = await upload({
      purpose: 'icon',
      content: Buffer.from('GIF89a and then nothing of the kind').toString('base64'),
    });
    expect([none.status, none.body.error.code]).toEqual([400, 'picture_unreadable']);
    const bomb =
      '<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="100000"><rect width="9" height="9"/></svg>';
    const flood = await upload({ purpose: 'icon', content: Buffer.from(bomb).toString('base64') });
    expect([flood.status, flood.body.error.code]).toEqual([400, 'picture_too_large']);
    const fetching =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><image href="file:///etc/hostname" width="90" height="90"/></svg>';
    expect((await upload({ purpose: 'icon', content: Buffer.from(fetching).toString('base64') })).status).toBeLessThan(
      500,
    );
  });

  test('keeps nothing of where and when it was taken', async () => {
    const taken = await photo(300, 300)
      .withExif({ IFD0: { Copyright: 'Somebody', Make: 'A phone' } })
      .jpeg()
      .toBuffer();
    const stored = await upload({ purpose: 'icon', content: taken.toString('base64') });
    const file = await house.http.inject({
      url: `/assets/${house.tenant.companyId}/${stored.body.images['icon.png']}`,
    });
    expect((await sharp(file.rawPayload).metadata()).exif).toBeUndefined();
  });

  test('in another language reaches the phones of that language, and the page and paper in it', async () => {
    const strip = async (colour: string) => {
      const square = sharp({ create: { width: 1_600, height: 1_600, channels: 3, background: colour } });
      return ((await upload({ purpose: 'strip', content: await base64(square.png()) })).body as StoredPicture).images;
    };
    const [common, english] = [await strip('#aa3333'), await strip('#3333aa')];
    const inEnglish = Object.fromEntries(Object.entries(english).map(([name, sha256]) => [`en.lproj/${name}`, sha256]));
    const before = await selectDesign(house.tenant, house.tenant.companyId, house.designId);
    const body = { ...before!.body, images: { ...before!.body.images, ...common, ...inEnglish }, texts: { en: {} } };
    expect(await checkBody(house.tenant, { body, credentialId: before!.credentialId }, house.clock.now())).toSatisfy(
      (problems: { severity: string }[]) => problems.every(({ severity }) => severity !== 'error'),
    );
    await house.tenant.query(
      'update designs set body = $3, revision = revision + 1 where company_id = $1 and design_id = $2',
      [house.tenant.companyId, house.designId, JSON.stringify(body)],
    );
    const pass = await house.newPass();
    const { shared, own } = await bundleOf(house.wallet, house.tenant, pass);
    const { files } = readZip(Buffer.concat([shared, own]));
    const sha = (name: string) => createHash('sha256').update(files.get(name)!).digest('hex');
    expect([...files.keys()].filter((name) => name.endsWith('strip.png')).sort()).toEqual([
      'en.lproj/strip.png',
      'ru.lproj/strip.png',
    ]);
    expect(sha('ru.lproj/strip@2x.png')).toBe(common['strip@2x.png']);
    expect(sha('en.lproj/strip@2x.png')).toBe(english['strip@2x.png']);
    const seen = async (language: 'ru' | 'en') => (await pictureOfPass(house.tenant, pass, language)).images.strip;
    expect(Object.values(common)).toContain((await seen('ru'))?.split('/').at(-1));
    expect(Object.values(english)).toContain((await seen('en'))?.split('/').at(-1));
    const paper = await openPress(house.tenant)(pass, 'en');
    expect(createHash('sha256').update(paper!.strip!).digest('hex')).toBe(english['strip@3x.png']);
  });
});
