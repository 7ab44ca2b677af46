/** Line drawings on a 24 × 24 grid, made for this console. Always decoration: the word stands beside them. */
const drawings = {
  guests:
    'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-6 9c.4-3.4 2.8-5.5 6-5.5s5.6 2.1 6 5.500M16 3.800a3.7 3.7 0 0 1 0 6.900M18 15c1.7.9 2.8 2.6 3 5',
  programmes: 'M4 20h4v-6H4v6Zm6 0h4V9h-4v11Zm6 0h4V4h-4v16Z',
  designs: 'M3 7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7Zm0 3.500h18M6.5 15H11',
  passes: 'M5 8h13a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8M4 12h16M7 5h11M8.500 16H12',
  forms: 'M6 3h12a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Zm2 5h8M8 12h8M8 16h4',
  devices: 'M8 2h8a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Zm2.5 16.500h3',
  tills: 'M5 14h14l1.500 4v3h-17v-3L5 14Zm2.500 0V9h9v5M12 9V4M9 4h6M10 17.500h4',
  friends:
    'M8 11a3.5 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm-5.500 8c.3-3 2.500-5 5.500-5s5.200 2 5.500 5M18 8v6M15 11h6',
  receipts:
    'M6 3v18l2-1.500 2 1.500 2-1.500 2 1.500 2-1.500 2 1.500V3l-2 1.500L14 3l-2 1.500L10 3 8 4.500 6 3Zm3 6h6M9 13h6',
  certificates: 'M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm-3-1-1.5 8 4.5-2.5 4.5 2.500L15 13',
  coupons: 'M3 7h18v3.500a1.500 1.500 0 0 0 0 3V17H3v-3.500a1.500 1.500 0 0 0 0-3V7ZM15 9.500v1M15 13.500v1',
  statistics: 'M3 20h18M4 15l5-6 4 4 7-9',
  campaigns: 'M4 10v4h3l7 4V6l-7 4H4Zm3 4 1.500 5H11l-1.500-4M17.500 9.500a4 4 0 0 1 0 5M20 7a8 8 0 0 1 0 10',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.5 4.5',
  close: 'M6 6l12 12M18 6 6 18',
  settings: 'M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4',
  signOut: 'M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M9 12h10',
  back: 'M14 6l-6 6 6 6',
  good: 'M5 12.500l4.5 4.500L19 7.5',
  warning: 'M12 4 2.8 20h18.400L12 4Zm0 6v4.500M12 17.200v.3',
  bad: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-13.500V13M12 16.200v.3',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  download: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14',
  file: 'M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9l-6-6Zm0 0v6h6',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
