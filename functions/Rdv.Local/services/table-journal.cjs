// Loaded before Azurite. Azurite keeps its tables in memory and writes them to disk every five seconds, so a kill loses
// what it has answered since. This adds a journal: each change is appended to a file before it is answered, and is
// applied again at the next start when the file of tables does not hold it yet. It survives a kill of the process,
// not a power cut (nothing is flushed to the disk itself). One line is one transaction: a torn last line, which was
// never answered, is left out whole.
const fs = require('node:fs');
const path = require('node:path');
const Loki = require('lokijs');
const { default: Store } = require('azurite/dist/src/table/persistence/LokiTableMetadataStore');

// A save writes every row and blocks the server meanwhile: with the journal it only bounds the length of a replay.
const SAVE_EVERY_MS = 20_000;

const isTable = collection => !collection.name.startsWith('$');
let replaying = false;
let changes = [];

for (const [method, kind] of [['insert', 'put'], ['update', 'put'], ['remove', 'delete']]) {
  const original = Loki.Collection.prototype[method];
  Loki.Collection.prototype[method] = function (row, ...rest) {
    const result = original.call(this, row, ...rest);
    if (!replaying && isTable(this)) {
      const { $loki, meta, ...entity } = row;
      changes.push(JSON.stringify(kind === 'put'
        ? [this.name, entity]
        : [this.name, { PartitionKey: row.PartitionKey, RowKey: row.RowKey }, kind]));
    }
    return result;
  };
}

class Journal {
  constructor(tablesPath) {
    this.directory = path.dirname(tablesPath);
    this.prefix = `${path.basename(tablesPath)}.journal-`;
    this.numbers = fs.readdirSync(this.directory)
      .filter(name => name.startsWith(this.prefix))
      .map(name => Number(name.slice(this.prefix.length)))
      .sort((a, b) => a - b);
    this.number = this.numbers.at(-1) ?? 0;
    this.file = undefined;
  }

  pathOf(number) {
    return path.join(this.directory, this.prefix + number);
  }

  append() {
    if (changes.length === 0) return;
    const line = `[${changes.join(',')}]\n`;
    changes = [];
    try {
      this.file ??= this.next();
      fs.writeSync(this.file, line);
    } catch (error) {
      // What is in memory can no longer be kept: nothing more may be answered. The supervisor starts us again.
      console.error(`The journal of the tables cannot be written: ${error.message}`);
      process.exit(1);
    }
  }

  next() {
    this.numbers.push(++this.number);
    return fs.openSync(this.pathOf(this.number), 'a');
  }

  /** Closes the current file; the changes that follow go to a new one. Returns the last number closed. */
  rotate() {
    this.append();
    if (this.file !== undefined) fs.closeSync(this.file);
    this.file = undefined;
    return this.number;
  }

  forget(upTo) {
    for (const number of this.numbers.filter(n => n <= upTo)) fs.rmSync(this.pathOf(number), { force: true });
    this.numbers = this.numbers.filter(n => n > upTo);
  }

  *transactions() {
    for (const number of this.numbers) {
      const lines = fs.readFileSync(this.pathOf(number), 'utf8').split('\n');
      lines.pop(); // empty after the last line feed, or torn
      for (const line of lines) yield JSON.parse(line);
    }
  }

  replayInto(database) {
    replaying = true;
    try {
      for (const transaction of this.transactions()) {
        for (const [name, entity, kind] of transaction) {
          const table = database.getCollection(name);
          if (!table) continue;
          const row = table.findOne({ RowKey: entity.RowKey, PartitionKey: entity.PartitionKey });
          if (row) table.remove(row);
          if (kind !== 'delete') table.insert(entity);
        }
      }
    } finally {
      replaying = false;
    }
  }
}

const load = Store.prototype.loadDB;
Store.prototype.loadDB = async function () {
  this.db.autosaveInterval = SAVE_EVERY_MS;
  await load.call(this);
  this.journal = new Journal(this.lokiDBPath);
  this.journal.replayInto(this.db);
  const save = this.db.saveDatabaseInternal.bind(this.db);
  this.db.saveDatabaseInternal = callback => {
    const upTo = this.journal.rotate();
    save(error => {
      if (!error) this.journal.forget(upTo);
      callback?.(error);
    });
  };
};

// A table is rare: its creation and its deletion are saved before they are answered.
for (const method of ['createTable', 'deleteTable']) {
  const original = Store.prototype[method];
  Store.prototype[method] = async function (...args) {
    const result = await original.apply(this, args);
    await this.saveDBState();
    return result;
  };
}

// The identifier of the batch is the last argument of each; a batch is journalled at its end, after a rollback too.
for (const method of ['insertTableEntity', 'updateTableEntity', 'mergeTableEntity', 'deleteTableEntity']) {
  const original = Store.prototype[method];
  Store.prototype[method] = async function (...args) {
    const result = await original.apply(this, args);
    const batch = args[original.length - 1];
    if (!batch) this.journal.append();
    return result;
  };
}

const endBatch = Store.prototype.endBatchTransaction;
Store.prototype.endBatchTransaction = async function (...args) {
  await endBatch.apply(this, args);
  this.journal.append();
};
