// Parses the Bicep files named on the command line and prints one syntax tree as JSON per line.
import { readFileSync } from "node:fs";
import Bicep from "tree-sitter-bicep";
import Parser from "tree-sitter";

const parser = new Parser();
parser.setLanguage(Bicep);

const tree = (node) => ({
  type: node.isMissing ? "MISSING" : node.type,
  line: node.startPosition.row + 1,
  text: node.text,
  children: node.children.map(tree),
});

for (const file of process.argv.slice(2)) {
  // The parser reads by chunks of 32 KB unless it is told otherwise.
  const source = readFileSync(file, "utf8");
  console.log(JSON.stringify({ file, root: tree(parser.parse(source, undefined, { bufferSize: source.length + 1 }).rootNode) }));
}
