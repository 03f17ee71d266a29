// node run.mjs <area,area,...> <address> <address with authentication> <its secret> <folder for screenshots>
// Runs the areas in one browser and prints one JSON line per check; without a browser one line that says why.
import { Area } from "./area.mjs";
import { launch } from "./browser.mjs";

const [names, address, guardedAddress, secret, screenshots] = process.argv.slice(2);
const report = (area, name, error) => console.log(JSON.stringify({ area, name, error }));

let browser;
try {
  browser = await launch();
} catch (error) {
  report("browser", "starts", error.stack ?? String(error));
  process.exit(0);
}

report("browser", `starts: Chromium ${browser.version()}`, null);
for (const name of names.split(",")) {
  const area = new Area(name, browser, { address, guardedAddress, secret, screenshots }, report);
  const { default: run } = await import(`./areas/${name}.mjs`);
  await area.check("runs to its end", () => run(area));
}

await browser.close();
