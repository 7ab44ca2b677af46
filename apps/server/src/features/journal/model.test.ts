import { expect, test } from 'vitest';
import { familyOf, networkOf, readSource } from './model.ts';

test('an address is kept as its network: 24 bits of IPv4, 48 of IPv6, and nothing of what is no address', () => {
  const cases: [string, string | undefined][] = [
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:12:34::9', '2001:db8:12::/48'],
    ['2001:0db8:0012:0034:0000:0000:0000:0009', '2001:db8:12::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['::1', '0:0:0::/48'],
    ['2001:db8::', '2001:db8:0::/48'],
    ['', undefined],
    ['unix:', undefined],
    ['1:2:3', undefined],
    ['localhost', undefined],
  ];
  for (const [address, network] of cases) expect([address, networkOf(address)]).toEqual([address, network]);
});

test('a browser is kept as its family', () => {
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ';
  const android = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) ';
  expect(familyOf(`${iphone}Version/26.0 Mobile/15E148 Safari/604.1`)).toEqual({ browser: 'safari', system: 'ios' });
  expect(familyOf(`${iphone}CriOS/140.0 Mobile/15E148 Safari/604.1`)).toEqual({ browser: 'chrome', system: 'ios' });
  expect(familyOf(`${iphone}Mobile/15E148 Instagram 300.0`)).toEqual({ browser: 'in_app', system: 'ios' });
  expect(familyOf(`${android}Chrome/140.0 Mobile Safari/537.36`)).toEqual({ browser: 'chrome', system: 'android' });
  expect(familyOf(`${android}Chrome/140.0 YaBrowser/25.1 Mobile Safari/537.36`).browser).toBe('yandex');
  expect(
    familyOf('Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140'),
  ).toEqual({
    browser: 'edge',
    system: 'windows',
  });
  expect(familyOf(undefined)).toEqual({ browser: 'other', system: 'other' });
});

test('a tag is a short word; anything else is no tag', () => {
  expect(['Instagram', ' стол-5 ', 'qr:hall.2'].map(readSource)).toEqual(['instagram', 'стол-5', 'qr:hall.2']);
  for (const none of ['', 'a b', '<script>', 'x'.repeat(65), 5, undefined, '\u0000', 'ivan@example.com']) {
    expect(readSource(none)).toBeUndefined();
  }
});
