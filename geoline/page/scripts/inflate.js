/* Deflate (RFC 1951) for browsers without DecompressionStream. */

const LENGTHS = [[3, 0], [4, 0], [5, 0], [6, 0], [7, 0], [8, 0], [9, 0], [10, 0], [11, 1], [13, 1], [15, 1], [17, 1], [19, 2], [23, 2], [27, 2],
  [31, 2], [35, 3], [43, 3], [51, 3], [59, 3], [67, 4], [83, 4], [99, 4], [115, 4], [131, 5], [163, 5], [195, 5], [227, 5], [258, 0]];
const DISTANCES = [[1, 0], [2, 0], [3, 0], [4, 0], [5, 1], [7, 1], [9, 2], [13, 2], [17, 3], [25, 3], [33, 4], [49, 4], [65, 5], [97, 5], [129, 6],
  [193, 6], [257, 7], [385, 7], [513, 8], [769, 8], [1025, 9], [1537, 9], [2049, 10], [3073, 10], [4097, 11], [6145, 11], [8193, 12],
  [12289, 12], [16385, 13], [24577, 13]];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code from the lengths of its symbols: how many there are of each length, and the symbols in order. */
function huffman(lengths) {
  const count = new Array(16).fill(0);
  for (const length of lengths) count[length] += 1;
  count[0] = 0;
  const next = [0];
  for (let length = 1; length < 16; length += 1) next[length] = next[length - 1] + count[length - 1];
  const symbols = [];
  lengths.forEach((length, symbol) => {
    if (length) symbols[next[length]++] = symbol;
  });
  return { count, symbols };
}

/** Inflate raw deflated bytes. */
function inflate(bytes) {
  let out = new Uint8Array(bytes.length * 6);
  let size = 0;
  let at = 0;
  let held = 0;
  let bitCount = 0;
  const bits = (wanted) => {
    while (bitCount < wanted) {
      if (at >= bytes.length) throw new Error("the data of the map are cut off");
      held |= bytes[at++] << bitCount;
      bitCount += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    bitCount -= wanted;
    return value;
  };
  const symbolOf = ({ count, symbols }) => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length += 1) {
      code |= bits(1);
      if (code - count[length] < first) return symbols[index + code - first];
      index += count[length];
      first = (first + count[length]) << 1;
      code <<= 1;
    }
    throw new Error("the data of the map are damaged");
  };
  const room = (more) => {
    if (size + more <= out.length) return;
    const wider = new Uint8Array(Math.max(out.length * 2, size + more));
    wider.set(out);
    out = wider;
  };
  const readCodes = () => {
    const [literals, distances, used] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const lengths = new Array(19).fill(0);
    for (let i = 0; i < used; i += 1) lengths[CODE_ORDER[i]] = bits(3);
    const code = huffman(lengths);
    const all = [];
    while (all.length < literals + distances) {
      const symbol = symbolOf(code);
      if (symbol < 16) all.push(symbol);
      else {
        const [value, times] = symbol === 16 ? [all[all.length - 1], bits(2) + 3] : [0, symbol === 17 ? bits(3) + 3 : bits(7) + 11];
        for (let i = 0; i < times; i += 1) all.push(value);
      }
    }
    return [huffman(all.slice(0, literals)), huffman(all.slice(literals))];
  };
  const fixed = [huffman(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))), huffman(new Array(30).fill(5))];
  let last = false;
  while (!last) {
    last = bits(1) === 1;
    const kind = bits(2);
    if (kind === 0) {
      held = 0;
      bitCount = 0;
      const length = bytes[at] | (bytes[at + 1] << 8);
      room(length);
      out.set(bytes.subarray(at + 4, at + 4 + length), size);
      at += 4 + length;
      size += length;
      continue;
    }
    const [literal, distance] = kind === 1 ? fixed : readCodes();
    for (let symbol = symbolOf(literal); symbol !== 256; symbol = symbolOf(literal)) {
      if (symbol < 256) {
        room(1);
        out[size++] = symbol;
        continue;
      }
      const [length, lengthBits] = LENGTHS[symbol - 257];
      const total = length + bits(lengthBits);
      const [back, backBits] = DISTANCES[symbolOf(distance)];
      const from = size - back - bits(backBits);
      room(total);
      for (let i = 0; i < total; i += 1) out[size + i] = out[from + i];
      size += total;
    }
  }
  return out.subarray(0, size);
}
