export const view = (rows) => ({ answer: { text: rows.engagement[0].client } });
