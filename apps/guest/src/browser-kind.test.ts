import { expect, test } from 'vitest';
import { detectBrowser } from './browser-kind.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const PIXEL = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)';

/** As browsers send them. */
const agents: [agent: string, device: string, inApp: boolean, program: string][] = [
  [`${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, 'iphone', false, 'safari'],
  [
    'Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
    'iphone',
    false,
    'safari',
  ],
  [`${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, 'iphone', false, 'chrome'],
  [`${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 'iphone', false, 'firefox'],
  [`${IPHONE} Version/16.6 YaBrowser/24.4.1.362.10 SA/3 Mobile/15E148 Safari/604.1`, 'iphone', false, 'yandex'],
  [`${IPHONE} Version/18.0 EdgiOS/125.0.2535.60 Mobile/15E148 Safari/605.1.15`, 'iphone', false, 'other'],
  // Telegram, Outlook and whoever else shows a page by himself.
  [`${IPHONE} Mobile/15E148`, 'iphone', true, 'other_app'],
  [
    `${IPHONE} Mobile/15E148 Instagram 339.0.3.12.91 (iPhone15,2; iOS 17_5; pt_BR; pt; scale=3.00; 1179x2556; 602023127)`,
    'iphone',
    true,
    'instagram',
  ],
  [
    `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/266.0.0.57.124;FBBV/212353222;FBDV/iPhone12,1;FBMD/iPhone;FBSN/iOS;FBSV/13.3.1]`,
    'iphone',
    true,
    'facebook',
  ],
  [`${IPHONE} Mobile/15E148 com.vk.vkclient/9.0`, 'iphone', true, 'vk'],
  [
    `${IPHONE} Mobile/15E148 YaBrowser/25.12.0.2002.10 YaApp_iOS/2512.0 YaApp_iOS_Browser/2512.0 Safari/604.1 SA/3`,
    'iphone',
    true,
    'yandex_app',
  ],
  [`${IPHONE} GSA/218.0.456502374 Mobile/15E148 Safari/604.1`, 'iphone', true, 'google_app'],
  [`${IPHONE} Mobile/15E148 Line/13.0.0`, 'iphone', true, 'other_app'],
  [`${PIXEL} Chrome/126.0.0.0 Mobile Safari/537.36`, 'android', false, 'chrome'],
  [
    'Mozilla/5.0 (Linux; Android 6.0.1; SM-J510FN) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/44.0.2403.133 Mobile Safari/537.36',
    'android',
    false,
    'chrome',
  ],
  [
    'Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/20.0 Chrome/106.0.5249.126 Mobile Safari/537.36',
    'android',
    false,
    'samsung',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12; HarmonyOS; ANA-AN00; HMSCore 6.8.0.332) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/13.0.3.301 Mobile Safari/537.36',
    'android',
    false,
    'other',
  ],
  [
    'Mozilla/5.0 (Linux; arm_64; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.6261.153 YaBrowser/24.4.3.153.00 SA/3 Mobile Safari/537.36',
    'android',
    false,
    'yandex',
  ],
  ['Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 'android', false, 'firefox'],
  [
    'Mozilla/5.0 (Linux; Android 12; Infinix X6819 Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/105.0.5195.79 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/396.1.0.28.104;]',
    'android',
    true,
    'facebook',
  ],
  [
    'Mozilla/5.0 (Linux; Android 7.1.2; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.6045.193 Mobile Safari/537.36 Telegram-Android/11.4.3 (Samsung SM-G965N; Android 7.1.2; SDK 25; LOW)',
    'android',
    true,
    'telegram',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240805.005; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.7204.157 Mobile Safari/537.36',
    'android',
    true,
    'other_app',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'other',
    false,
    'safari',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 YaBrowser/23.5.4.674 Yowser/2.5 Safari/537.36',
    'other',
    false,
    'yandex',
  ],
  ['curl/8.4.0', 'other', false, 'other'],
  ['', 'other', false, 'other'],
];

test.each(agents)('%s', (agent, device, inApp, program) => {
  expect(detectBrowser(agent)).toEqual({ device, inApp, program });
});

test('a header of any length and kind is taken', () => {
  expect(detectBrowser(undefined).device).toBe('other');
  expect(detectBrowser('iPhone '.repeat(100_000)).device).toBe('iphone');
});
