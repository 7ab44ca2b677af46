import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The way from the certificates to what phones complain of. */
export function ReportsLink() {
  const { t } = useTranslation('wallets');
  return (
    <Link to="/certificates/reports" className="small">
      {t('reports.link')}
    </Link>
  );
}
