// What the whole report is about, written into index.html by reports/site.py so that language
// and branding are known before the first query. Everything else comes from the marts.
const element = typeof document === 'undefined' ? null : document.getElementById('publication');

/** @type {{engagement_id: string, client: string, language: 'fr' | 'en', currency: string,
 *   as_of_month: string, accent: string, accent_text: string, logo: string | null, is_draft: boolean}} */
export const publication = element
	? JSON.parse(element.textContent)
	: {
			engagement_id: '',
			client: '',
			language: 'en',
			currency: 'EUR',
			as_of_month: '2000-01-01',
			accent: '#1f5f8b',
			accent_text: '#1f5f8b',
			logo: null,
			is_draft: false
		};
