// Writes the vocabulary that Kith.Core embeds and the vectors that its tests read.
//
//   npm install --no-save js-tiktoken@1.0.21 tiktoken@1.0.22 && node tests/Core.Tests/Tokens/generate.mjs
//
// The ranks come from js-tiktoken. The expected ids come from tiktoken, which is the original Rust code compiled to
// WebAssembly; js-tiktoken has to agree with it wherever JavaScript's \s means the same as Unicode's White_Space.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/o200k_base';
import { get_encoding } from 'tiktoken';

const at = (path) => new URL(path, import.meta.url);

// One line is "! <first rank> <base64> <base64> ...".
const tokens = ranks.bpe_ranks.split('\n').filter(Boolean).flatMap((line) => {
  const [, first, ...rest] = line.split(' ');
  return rest.map((text, i) => ({ rank: Number(first) + i, bytes: Buffer.from(text, 'base64') }));
}).sort((a, b) => a.rank - b.rank);
if (tokens.some((token, i) => token.rank !== i)) throw new Error('The ranks have a gap.');

// The format is described in docs/decisions/0001-token-counting.md.
const raw = Buffer.concat([Buffer.alloc(4), Buffer.from(tokens.map((t) => t.bytes.length)), ...tokens.map((t) => t.bytes)]);
raw.writeInt32LE(tokens.length);
writeFileSync(at('../../../src/Core/Tokens/o200k_base.bin'), brotliCompressSync(raw, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
}));

const texts = [
  '', ' ', '\n', '\r\n', '\t', 'a', 'hello world', 'Hello, World!', 'The quick brown fox jumps over the lazy dog.',
  "I'm sure they've said we'll go; don't, can't, he'd, it's, you're", "I'M SURE THEY'VE SAID WE'LL GO; DON'T, HE'D, IT'S, YOU'RE",
  "'s 'S 't 're 'Re 'rE x'RE x'rE x'Ve x'vE x'lL x'Ll x'LL x'D x'M", "O'Neill's dogs' toys 'quoted' ''s", 'x’s curly', "a'b'c'd's'm",
  'camelCase PascalCase HTTPServer XMLHttpRequest iPhone eBay SCREAMING_CASE snake_case kebab-case', 'ABCdef ABC DEFghi AaBbCc',
  '1 12 123 1234 12345 123456 1234567', '3.14159 -2.5e10 0xDEADBEEF 1,000,000', '٠١٢٣٤٥٦٧٨٩', '१२३४५६', '½ ¾ ² ³ Ⅷ ⅻ ①②③', '𝟎𝟏𝟐𝟑𝟒𝟓',
  '  two leading', '   three leading', 'trailing  ', 'trailing\n', 'trailing \n', 'trailing\n ', 'a  b   c    d', 'a\n\nb\n\n\nc', 'a \n b \n\n c',
  '\n \n \n', ' \n\n  \n   x', '\t\t\tindented', ' \t \t x', '\r\r\n\n\r', 'line\r\nline\r\n\r\nline', '  \r\n  \r\n  x', '\u00a0nbsp\u00a0\u00a0x', '\u3000全角　スペース',
  '\u2028line\u2029para', 'a\u200bzero\u200bwidth', '\u2003em\u2003\u2003space', 'a\vb\fc', '!!!', '?!?!', '...', '… — – “quotes” ‘single’', ' !', ' !!\n', '!\r\n!', '//', '/// path/to/file\n',
  'https://example.com/a/b?c=d&e=f#g', 'user.name+tag@example.co.uk', '#hashtag @mention $100 100% a&b', '((([[[{{{}}}]]])))', '=====', '----------------', '*'.repeat(100), '_'.repeat(65),
  'if (x > 0) {\n    return x * 2;\n}\n', 'def f(x):\n\treturn [i**2 for i in range(x)]\n\n', '<div class="a">\n  <p>text</p>\n</div>', '{"key": [1, 2.5, null, true], "nested": {"a": "b"}}',
  'SELECT * FROM users WHERE id = 1; -- comment', '```csharp\nvar x = 1;\n```', '\\n\\t\\u0041 \\\\', 'public static async Task<IReadOnlyList<string>> FooAsync(CancellationToken ct) => await x;',
  'Ünïcödé çafé naïve façade', 'cafe\u0301 e\u0301\u0302\u0303 n\u0303', '\u0301', '\u0301a', '\u0301AA', ' \u0301', '\u0301\u0302', 'A\u0301B\u0302', 'ÀÉÎÕÜ', 'ǅ ǈ ǋ Dž', 'ß ẞ ſ ı İ', 'ʰʲʷ ᵃᵇᶜ modifier',
  'Привет, как дела? Меня зовут Алиса.', 'ПРИВЕТ Мир', 'Γειά σου Κόσμε', 'Շնորհակալություն', 'שלום עולם, מה שלומך?', 'مرحبا بالعالم، كيف حالك؟', 'سلام دنیا', 'नमस्ते दुनिया', 'আমি বাংলায় গান গাই', 'ਸਤ ਸ੍ਰੀ ਅਕਾਲ',
  'வணக்கம் உலகம்', 'తెలుగు భాష', 'ಕನ್ನಡ', 'മലയാളം', 'සිංහල', 'สวัสดีชาวโลก ภาษาไทย', 'ພາສາລາວ', 'မြန်မာဘာသာ', 'ខ្មែរ', 'བོད་སྐད', 'ქართული ენა', 'አማርኛ', 'ᏣᎳᎩ', 'ᐃᓄᒃᑎᑐᑦ',
  '你好，世界！今天天气怎么样？', '這是繁體中文。', 'こんにちは世界。カタカナとひらがな。', '안녕하세요 세계', 'ｆｕｌｌｗｉｄｔｈ ＡＢＣ １２３', '日AAb', '日AA', '日本A', '日A日A日a', 'AA日', 'A日AAbB日', '漢字kanjiかな', 'Tiếng Việt rất hay',
  '😀', '😀😃😄', 'hi 😀 there', '👨‍👩‍👧‍👦 family', '👍🏽👍🏿', '🏳️‍🌈 🏴‍☠️', '🇩🇪🇫🇷🇯🇵', '❤️ ☺️ ✔️', '1️⃣2️⃣', '🧑🏻‍💻 codes', 'x😀y😀z', '😀'.repeat(40),
  '𝒜𝓁𝑔𝑒𝒷𝓇𝒶', '𝐀𝐁𝐂𝐚𝐛𝐜', '𐐀𐐁𐐨𐐩', '𐐀𐐁 x', 'a𐐀b', '𠀀𠀁𠀂', '𠮷野家', '𞤀𞤁𞤢𞤣', '𑀅𑀆𑀓𑁆', '𓀀𓀁', '𝅘𝅥𝅮', '𐍈𐍉 gothic', '𞸀𞸁', 'x\u{e0100}y', '\u{1d165}a', ' \u{1d165}\u{1d166}', "𝐚's 𐐨'll", '𝟏a𝟐b', '𖭐𖭑𖭒',
  '\ufffd', '\u0000', 'a\u0000b', '\u0001\u0002\u001f\u007f', '\ue000\uf8ff', '\uffff\ufffe', '\u{10ffff}',
  '<|endoftext|>', 'a<|endoftext|>b <|endofprompt|>', '<|im_start|>user\nhi<|im_end|>', 'SolidGoldMagikarp', 'antidisestablishmentarianism', 'supercalifragilisticexpialidocious', 'pneumonoultramicroscopicsilicovolcanoconiosis',
  'a'.repeat(10), 'a'.repeat(100), 'a'.repeat(1000), 'ab'.repeat(300), 'A'.repeat(200), ' '.repeat(2), ' '.repeat(100), ' '.repeat(128), ' '.repeat(129), ' '.repeat(1000), '\n'.repeat(200), '\t'.repeat(77), '0'.repeat(50), '日'.repeat(90), 'ก'.repeat(120),
  'xyz'.repeat(50) + ' ' + 'qwerty'.repeat(30), ' '.repeat(50) + 'x', '\n'.repeat(50) + 'x', 'QmFzZTY0IGVuY29kZWQgc3RyaW5nIHdpdGggcGFkZGluZw==', 'd41d8cd98f00b204e9800998ecf8427e', '550e8400-e29b-41d4-a716-446655440000',
];

// Beyond JavaScript's \s: NEXT LINE is white space, the byte order mark is not.
const whiteSpaceDiffers = ['a \u0085b', 'a \ufeffb', 'x\ufeff\ufeff  \ufeffy', '\ufeffhello', 'a\u0085\u0085\nb'];

let state = 20240513;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const parts = [' ', ' ', '  ', '\n', '\r\n', '\t', 'a', 'b', 'The', 'ING', 'ness', "'s", "'LL", '!', '/', '...', '1', '23', '9999', 'é', 'e\u0301', 'Я', 'ж', '中', '文', 'の', '한', 'ก', 'ा', '😀', '\u200d', '🏽', '𐐀', '𐐨', '𝟗', '𑁆', 'ǅ', 'ʰ', '_', '"', '\u00a0', '\u2003', '\ufffd'];
for (let n = 0; n < 60; n++) texts.push(Array.from({ length: 3 + random(60) }, () => parts[random(parts.length)]).join(''));

const original = get_encoding('o200k_base');
const port = new Tiktoken(ranks);
const expected = (text) => [...original.encode(text, [], [])];
for (const text of texts) {
  if (expected(text).join() !== port.encode(text, [], []).join()) throw new Error(`The two tokenizers differ: ${JSON.stringify(text)}`);
}
const vectors = [...texts, ...whiteSpaceDiffers].map((text) => JSON.stringify({ text, ids: expected(text) }));
writeFileSync(at('vectors.json'), `[\n  ${vectors.join(',\n  ')}\n]\n`);
