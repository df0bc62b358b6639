// The pages in reading order. An id is also the name of the consultant's note (notes/<id>.md).
export const sections = [
	{ id: 'answer', pages: ['answer'] },
	{
		id: 'understand',
		pages: ['alignment', 'listening', 'time', 'human-value', 'flows', 'tools']
	},
	{ id: 'choose', pages: ['matrix', 'tasks', 'quick-wins', 'hours'] },
	{ id: 'decide', pages: ['priority-scenario', 'other-scenarios', 'sensitivity', 'roadmap'] },
	{ id: 'prove', pages: ['baseline', 'realised', 'data-quality'] }
];

export const pathOf = (id) => (id === 'answer' ? '/' : `/${id}/`);
export const taskPath = (task) => `/tasks/${task}/`;
export const order = sections.flatMap((section) => section.pages);
