import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];

// Containers have no user namespaces for the sandbox, and no page here is anybody else's.
const args = ["--no-sandbox", "--no-zygote", "--disable-gpu"];

/** Chromium from KITH_TEST_CHROMIUM or where systems install it, else the one that an npm package ships. */
export async function launch() {
  const path = process.env.KITH_TEST_CHROMIUM ?? installed.find(existsSync);
  if (path) return chromium.launch({ executablePath: path, args });
  const { default: shipped } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await shipped.executablePath(), args: [...args, "--headless=shell"] });
}
