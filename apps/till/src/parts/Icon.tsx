const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  erase: 'M9 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9l-6-6 6-6ZM12 10l4 4M16 10l-4 4',
  scan: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M8 9v6M12 9v6M16 9v6',
  sales: 'M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9 8h6M9 12h6',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6M18.5 14.5a6.5 6.5 0 0 1 3 5.5',
  cake: 'M5 20h14v-7a2 2 0 0 0-2-2H7a2 2 0 0 0-2 2v7ZM5 15c2 2 3-1 5 0s3 1 4 0 3-2 5 0M12 11V7M12 4v.5',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4l3 2',
  stop: 'M8 3.5h8L20.5 8v8L16 20.5H8L3.5 16V8L8 3.5ZM12 8v5M12 16v.5',
  unsure: 'M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.5',
  light: 'M8 4h8l-1 6v9a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1v-9L8 4ZM12 13v2',
  ticket: 'M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4V6ZM14 9v.5M14 12v.5M14 15v.5',
  newcomer: 'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20c.5-4 3-6 7-6 1.5 0 2.8.3 3.8.9M18 14v7M14.5 17.5h7',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  note: 'M5 4h14v11l-5 5H5V4ZM14 20v-5h5M8 8h8M8 12h5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  eye: 'M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing on a 24-grid, in the text's colour; decoration beside a word or a label. */
export function Icon({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
