// Loaded before Azurite. Table Storage finds a partition and a range of row keys by their index; Azurite looks at every row of its
// table at each query, so a table of a whole country is unusable. This gives its filter only the rows that its own index (LokiJS)
// finds in the range of keys that the filter names. The filter still decides: what is left out could not have passed it.
const { default: Store } = require('azurite/dist/src/table/persistence/LokiTableMetadataStore');

// The index sorts what looks like a number before all else, by its value. A key that begins so never does.
const sortsAsText = key => /^[a-z]/.test(key);
const literal = /'(?:[^']|'')*'/g;

/** The keys that every row has which passes the filter: its partition, and from where to where its row key lies. */
function keysOf(filter) {
  // Each literal stands aside, under its number: it may hold anything.
  const literals = [];
  const words = filter.replaceAll(literal, quoted => `'${literals.push(quoted.slice(1, -1).replaceAll("''", "'")) - 1}'`);
  // Of "or" and "not" nothing follows.
  if (!/^(?:'\d+'|[^'])*$/.test(words) || /\b(or|not)\b/i.test(words)) return {};
  const compared = (name, operator) => literals[new RegExp(`\\b${name} ${operator} '(\\d+)'`).exec(words)?.[1]];
  const exact = compared('RowKey', 'eq');
  return { partition: compared('PartitionKey', 'eq'), from: exact ?? compared('RowKey', 'g[et]'), to: exact ?? compared('RowKey', 'l[et]') };
}

function narrow(collection, { partition, from, to }) {
  const ways = [];
  if (partition !== undefined) ways.push({ PartitionKey: { $eq: partition } });
  if (from !== undefined && sortsAsText(from)) {
    ways.push({ RowKey: to !== undefined && to >= from ? { $between: [from, to] } : { $gte: from } });
  }

  const size = way => {
    const [[name, condition]] = Object.entries(way);
    const [[operator, value]] = Object.entries(condition);
    collection.ensureIndex(name);
    const [first, last] = collection.calculateRange(operator, name, value);
    return last - first;
  };
  const best = ways.map(way => [size(way), way]).sort(([a], [b]) => a - b)[0];
  const rows = best ? collection.chain().find(best[1]) : collection.chain();
  return rows.where(row => (partition === undefined || row.PartitionKey === partition)
    && (from === undefined || row.RowKey >= from) && (to === undefined || row.RowKey <= to));
}

const query = Store.prototype.queryTableEntities;
Store.prototype.queryTableEntities = function (context, account, table, options, nextPartition, nextRow) {
  const keys = keysOf(options.filter ?? '');
  // A page goes on where the one before it ended.
  const next = this.decodeContinuationHeader(nextRow);
  if (next !== undefined && keys.partition !== undefined && this.decodeContinuationHeader(nextPartition) === keys.partition && !(keys.from > next)) {
    keys.from = next;
  }

  const narrowed = Object.create(this, {
    getEntityCollection: {
      value: (...where) => {
        const collection = this.getEntityCollection(...where);
        return { chain: () => narrow(collection, keys) };
      },
    },
  });
  return query.call(narrowed, context, account, table, options, nextPartition, nextRow);
};
