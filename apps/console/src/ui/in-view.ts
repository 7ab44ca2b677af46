import { useRouter } from '@tanstack/react-router';
import { type RefObject, useLayoutEffect } from 'react';

/**
 * On a phone the current one of a row of links may lie beyond the edge: the row, and only it, moves there.
 * @param here which one it is: when it changes, the new one is brought into view
 */
export function useCurrentInView(row: RefObject<HTMLElement | null>, here: string): void {
  const router = useRouter();
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when another one is current
  useLayoutEffect(() => {
    const look = (): void => {
      const current = row.current?.querySelector('[aria-current]');
      if (!row.current || !current) return;
      const [place, room] = [current.getBoundingClientRect(), row.current.getBoundingClientRect()];
      row.current.scrollLeft += place.left + place.width / 2 - (room.left + room.width / 2);
    };
    look();
    // The router puts the row back to where it stood on the page before.
    return router.subscribe('onRendered', look);
  }, [router, row, here]);
}
