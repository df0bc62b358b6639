// Colours that colour-blind readers can tell apart (after Okabe and Ito), around one accent.
import { publication } from './publication.js';

// The accent in which text can be read: what is drawn on white must be seen too.
export const accent = publication.accent_text;
export const ink = '#1b2733';
export const muted = '#5b6875';
export const line = '#d9dfe5';
export const soft = '#b9c4cf';
export const positive = accent;
export const negative = '#b4531a';

export const natures = {
	human_value: '#1f6f9c',
	rule_based: '#d98e04',
	waiting: '#8a6bb0',
	undetermined: '#b9c4cf'
};
export const series = ['#1f6f9c', '#d98e04', '#2c8a6b', '#8a6bb0', '#a8452c', '#6d7b88', '#c27ba0'];

// Plain enough that text is measured and drawn in the same face.
export const font = 'Arial, Helvetica, sans-serif';
