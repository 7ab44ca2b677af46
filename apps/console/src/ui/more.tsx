import { Button } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './states.module.css';
import { useErrorText } from './states.tsx';

/** So many pages load by themselves while scrolling; further ones by the button, so that no list grows unasked. */
const PAGES_BY_THEMSELVES = 20;

/** What `useInfiniteQuery` gives, as far as the end of a list needs it. */
export type PagedList = {
  readonly data: { readonly pages: readonly unknown[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly error: unknown;
  readonly fetchNextPage: () => unknown;
};

/** The end of a keyset list: loads the next page when it comes near, or by its button. */
export function More({ list }: { readonly list: PagedList }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const end = useRef<HTMLDivElement>(null);
  const pages = list.data?.pages.length ?? 0;
  const ready = list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError;
  useNear(end, ready && pages < PAGES_BY_THEMSELVES, list.fetchNextPage);
  if (!list.hasNextPage) return null;
  return (
    <div ref={end} className={styles.more}>
      {list.isFetchNextPageError && <span role="alert">{textOf(list.error)}</span>}
      <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {list.isFetchNextPageError ? t('failed.retry') : t('list.more')}
      </Button>
    </div>
  );
}

function useNear(place: RefObject<HTMLElement | null>, active: boolean, onNear: () => unknown): void {
  const latest = useRef(onNear);
  latest.current = onNear;
  useEffect(() => {
    if (!active || !place.current) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) latest.current();
      },
      { rootMargin: '400px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [active, place]);
}
