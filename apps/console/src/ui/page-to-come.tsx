import { Page, type PageProps } from './page.tsx';
import { SkeletonBlock } from './skeleton-rows.tsx';
import { Failed } from './states.tsx';

type PageToComeProps = Pick<PageProps, 'title' | 'narrow'> & {
  readonly back: NonNullable<PageProps['back']>;
  readonly query: { readonly isError: boolean; readonly error: unknown; readonly refetch: () => unknown };
  /** Of what will stand here, in pixels. */
  readonly height: number;
};

/** The page of one thing while it is on its way, or when it could not be had: with the way back that it will have itself. */
export function PageToCome({ query, height, ...page }: PageToComeProps) {
  return (
    <Page {...page}>
      {query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonBlock height={height} />
      )}
    </Page>
  );
}
