// "Where does this figure come from?": one dialog for the whole report.
import { writable } from 'svelte/store';

/** What the dialog shows: figures with their label, value, metric id and grade; null: closed.
 * @type {import('svelte/store').Writable<{label: string, value: string, id: string,
 *   grade?: string}[] | null>} */
export const origin = writable(null);
