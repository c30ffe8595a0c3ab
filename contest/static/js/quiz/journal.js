// What was answered and not yet acknowledged, kept in the browser by attempt and person.
// One record per page that was opened: { attempt, person, client, seq, edits, batches }. A batch never changes once made.

const NAME = "contest-answers";
const STORE = "records";

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["attempt", "person", "client"] });
  return settled(request);
}

const keysOf = (attempt, person) => IDBKeyRange.bound([attempt, person, ""], [attempt, person, "\uffff"]);

async function inStore(mode, act) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const result = await settled(act(transaction.objectStore(STORE)));
    return result;
  } finally {
    database.close();
  }
}

export const recordsOf = (attempt, person) => inStore("readonly", (store) => store.getAll(keysOf(attempt, person)));

export const keep = (record) => inStore("readwrite", (store) => store.put(record));

export const drop = (record) => inStore("readwrite", (store) => store.delete([record.attempt, record.person, record.client]));

export const clear = (attempt, person) => inStore("readwrite", (store) => store.delete(keysOf(attempt, person)));

export const clearAll = () => inStore("readwrite", (store) => store.clear());

export const slotsWaiting = (record) => [
  ...Object.keys(record.edits),
  ...record.batches.flatMap((batch) => Object.keys(batch.answers)),
];

export async function isAnythingUnsent() {
  const records = await inStore("readonly", (store) => store.getAll());
  return records.some((record) => slotsWaiting(record).length > 0);
}
