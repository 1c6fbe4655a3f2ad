// The verification page in headless Chromium: axe-core (WCAG 2.2 AA) on every kind of answer, in both languages, bright and
// dark, narrow and wide; no script, cookie or foreign request; no sideways scrolling on a phone; the keyboard; one printed page.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [, , port, pictures] = process.argv;
const base = `http://127.0.0.1:${port}`;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const numbers = ["GOOD", "PAST", "HOLD", "GONE", "BACK", "SWAP", "ENDED", "SOON", "NOBODY", "CANNOT", "BUG"];
const targets = [
  "/verify", "/verify?number=&valid_on=2026-02-30", "/nowhere", "/verify/GOOD?valid_on=2027-01-01", "/confirm/LINK", "/confirm/GONE",
  ...numbers.map((number) => `/verify/${number}`),
];

const problems = [];
const say = (where, what) => problems.push(`${where}: ${what}`);

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

async function look(target, { lang, scheme, width }) {
  const where = `${target} ${lang} ${scheme} ${width}px`;
  // Scripts run only because axe is one; the page's own policy forbids them, so it is lifted for the check alone.
  const context = await browser.newContext({
    bypassCSP: true, colorScheme: scheme, locale: lang, viewport: { width, height: 800 }, extraHTTPHeaders: { Accept: "text/html" },
  });
  const page = await context.newPage();
  page.on("request", (request) => request.url().startsWith(base) || say(where, `asks elsewhere: ${request.url()}`));
  page.on("console", (message) => /Content Security|Refused/.test(message.text()) && say(where, message.text()));
  await page.goto(base + target, { waitUntil: "load" });
  if ((await page.locator("html").getAttribute("lang")) !== lang) say(where, "wrong language");
  if (await page.locator("script").count()) say(where, "has a script");
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), wcag);
  for (const violation of result.violations)
    say(where, `${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
  if (result.passes.length < 10) say(where, "axe looked at next to nothing");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) say(where, `scrolls sideways by ${wide} px`);
  if ((await context.cookies()).length) say(where, "left a cookie");
  await context.close();
}

async function fill_in_by_keyboard() {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${base}/verify?lang=en`);
  await page.keyboard.press("Tab"); // the skip link comes first
  for (let i = 0; i < 6; ++i) {
    const id = await page.locator(":focus").getAttribute("id");
    if (id === "number") break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("GOOD");
  await page.keyboard.press("Enter");
  await page.waitForLoadState("load");
  const word = await page.locator("#answer-word").textContent();
  if (word !== "Certified") say("keyboard", `the form answered "${word}"`);
  if ((await context.cookies()).length) say("keyboard", "left a cookie");
  await context.close();
}

async function print_pages() {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  for (const number of numbers) {
    await page.goto(`${base}/verify/${number}`);
    for (const format of ["Letter", "A4"]) {
      const pdf = (await page.pdf({ format })).toString("latin1");
      const sheets = (pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
      if (sheets !== 1) say(`print ${number} ${format}`, `takes ${sheets} sheets`);
    }
  }
  await context.close();
}

async function take_pictures() {
  mkdirSync(pictures, { recursive: true });
  const shots = [["/verify?lang=en", 360], ["/verify/GOOD?lang=en", 360], ["/verify/PAST?lang=es", 360], ["/verify/GONE?lang=en", 1000],
                 ["/verify?number=&valid_on=2026-02-30&lang=en", 360], ["/verify/GOOD?lang=en", 1000], ["/verify/NOBODY?lang=en", 360],
                 ["/confirm/LINK?lang=en", 360], ["/confirm/LINK?lang=es", 1000]];
  for (const [target, width] of shots) {
    const page = await browser.newPage({ viewport: { width, height: 740 } });
    await page.goto(base + target);
    await page.screenshot({ path: `${pictures}/${target.replace(/[^a-zA-Z]+/g, "_")}_${width}.png`, fullPage: true });
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto(`${base}/verify/GOOD`);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 720, height: 900 });
  await page.screenshot({ path: `${pictures}/print.png`, fullPage: true });
  await page.close();
}

for (const target of targets)
  for (const lang of ["en", "es"])
    await look(target, { lang, scheme: "light", width: 1000 });
for (const target of ["/verify", "/verify/GOOD", "/verify/PAST", "/verify/NOBODY", "/verify?number=", "/nowhere"])
  for (const scheme of ["light", "dark"])
    for (const width of [320, 360])
      await look(target, { lang: "en", scheme, width });
await fill_in_by_keyboard();
await print_pages();
if (pictures) await take_pictures();
await browser.close();

for (const problem of problems) console.error(problem);
console.log(problems.length ? `${problems.length} problems` : "the page is in order");
process.exit(problems.length ? 1 : 0);
