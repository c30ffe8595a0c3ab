// What was written and not yet acknowledged, kept in the browser by entry, person and question.
// One record each: { text, revision } – the text, and the stored revision that it was written over.
// Beside it `upload:…`, what a file that is on its way is known by (entry-upload.js): it goes with the sign-out, too.

const PREFIX = "entry-draft/";
const UPLOADS = "upload:";

const name = (entry, person, question) => `${PREFIX}${entry}/${person}/${question}`;
const names = (prefix = PREFIX) => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

export const keep = (entry, person, question, record) => localStorage.setItem(name(entry, person, question), JSON.stringify(record));

export const find = (entry, person, question) => JSON.parse(localStorage.getItem(name(entry, person, question)));

export const drop = (entry, person, question) => localStorage.removeItem(name(entry, person, question));

export const clearAll = () => [...names(), ...names(UPLOADS)].forEach((key) => localStorage.removeItem(key));

export const isAnythingUnsent = () => names().length > 0;
