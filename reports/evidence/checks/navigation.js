export const goto = () => {};
