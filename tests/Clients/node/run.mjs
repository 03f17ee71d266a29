// node run.mjs <version> <area,area,...> <address> <address with authentication> <its secret>
// Runs the areas with one published version of the client and prints one JSON line per check.
import { Area } from "./area.mjs";
import { resources, watch } from "./coverage.mjs";

const [version, names, address, guardedAddress, secret] = process.argv.slice(2);
const sdk = await import(`honcho-${version}`);
const coverage = watch(version.startsWith("core-") ? resources(new sdk.default({ baseURL: address })) : sdk);

const areas = names.split(",").map(name => new Area(name, version, sdk, { address, guardedAddress, secret }));

await Promise.all(areas.map(async area => {
  const { default: run } = await import(`./areas/${area.name}.mjs`);
  await area.check("runs to its end", () => run(area));
}));

const missed = coverage.missed();
console.log(JSON.stringify({
  area: "coverage",
  name: `${coverage.total} public members are called`,
  error: missed.length === 0 ? null : `never called: ${missed.join(", ")}`,
}));
