// The pages of the doors in a browser: `node pages.mjs PLAN`, started by tests/programs/pages_test.py.
//
// PLAN is JSON: {browser, screenshots, url, pages: [{name, link}], walks: [{name, link, act, typed}]}.
// Every page is looked at, and every walk walked, at each width; the first walk also without scripts.
// Whatever is wrong is thrown. What must be looked up elsewhere is printed, "recorded NAME", and it
// goes on when a line has come.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import axe from "axe-core";
import puppeteer from "puppeteer-core";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const widths = [375, 1100];
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function askOutside(question) {
  console.log(question);
  assert.equal((await answers.next()).value, "yes", question);
}

async function newPage(browser, width, scripts) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 800, isMobile: width < 600, hasTouch: width < 600 });
  await page.setJavaScriptEnabled(scripts);
  page.scripts = scripts;
  page.complaints = [];
  page.on("console", (message) => {
    const { url } = message.location();
    // Chromium tells of the status of the page itself, and asks for an icon that no page names.
    if (url !== page.url() && !url.endsWith("/favicon.ico")) page.complaints.push(message.text());
  });
  page.on("requestfailed", (request) => page.complaints.push(request.url()));
  return page;
}

// Without scripts axe cannot wait for itself; the page is the same.
async function look(page, name, scheme = "light") {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const { wide, seen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    seen: document.documentElement.clientWidth,
  }));
  await page.screenshot({ path: `${plan.screenshots}/${name}.png`, fullPage: true });
  assert.ok(wide <= seen, `${name}: ${wide} px are shown on ${seen}`);
  assert.deepEqual(page.complaints, [], name);
  if (!page.scripts) return;
  await page.evaluate(axe.source);
  const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), rules);
  assert.ok(found.passes.length > 10, `${name}: axe looked at nothing`);
  const wrong = found.violations.map(
    (rule) => `${rule.id}: ${rule.help}\n  ${rule.nodes.map((node) => node.html).join("\n  ")}`,
  );
  assert.deepEqual(wrong, [], `${name}: axe found`);
}

// With scripts by a pointer, without by the keyboard alone: a pointer's way is worked out by one.
async function hit(page, selector) {
  if (page.scripts) return page.locator(selector).click();
  await page.focus(selector);
  return page.keyboard.press("Enter");
}

async function press(page, selector) {
  const [answer] = await Promise.all([page.waitForNavigation(), hit(page, selector)]);
  return answer.status();
}

// As a person does it: opens what fits, types a day as the field wants it, presses the button.
async function fill(page, act, typed) {
  const row = `details:has(input[name=act][value=${act}])`;
  await hit(page, `${row} > summary`);
  assert.equal(await page.$eval(`${row} [name=on]`, (field) => field.value), "", "nothing is filled in");
  await page.type(`${row} [name=on]`, typed);
  return row;
}

async function walk(browser, { name, link, act, typed }, width, scripts) {
  const page = await newPage(browser, width, scripts);
  const as = (step) => `${name}-${step}-${width}${scripts ? "" : "-noscript"}`;
  await page.goto(link);
  const row = await fill(page, act, typed);
  await look(page, as("1-form"));
  assert.equal(await press(page, `${row} button`), 200);
  assert.match(await page.$eval("h1", (h1) => h1.textContent), /記録しました/);
  await look(page, as("2-recorded"));
  await askOutside(`recorded ${name}`);
  assert.equal(await press(page, "form[action$='/undo'] button"), 200);
  assert.match(await page.$eval("h1", (h1) => h1.textContent), /取り消しました/);
  await look(page, as("3-undone"));
  await askOutside(`undone ${name}`);
  await page.close();
}

async function lookAtPage(browser, { name, link }, width) {
  const page = await newPage(browser, width, true);
  for (const scheme of width === widths[0] ? ["light", "dark"] : ["light"]) {
    await page.goto(link);
    await look(page, `${name}-${scheme}-${width}`, scheme);
  }
  if (width === widths[0]) await openEach(page, name);
  await page.close();
}

// What is folded away is not seen, by axe neither.
async function openEach(page, name) {
  const acts = await page.$$eval("details [name=act]", (fields) => fields.map((f) => f.value));
  for (const act of acts) {
    await hit(page, `details:has(input[value=${act}]) > summary`);
    await look(page, `${name}-${act}-${widths[0]}`);
  }
}

// What a browser would not send: the field is required there.
async function lookAtRefusal(browser, { name, link, act }, width) {
  const page = await newPage(browser, width, true);
  await page.goto(link);
  const row = `details:has(input[name=act][value=${act}])`;
  await hit(page, `${row} > summary`);
  await page.$eval(`${row} form`, (form) => { form.noValidate = true; });
  assert.equal(await press(page, `${row} button`), 422);
  await look(page, `${name}-refused-${width}`);
  await page.close();
}

const browser = await puppeteer.launch({
  executablePath: plan.browser,
  args: ["--no-sandbox", "--lang=en-US", "--no-proxy-server", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
try {
  for (const width of widths) {
    for (const page of plan.pages) await lookAtPage(browser, page, width);
    for (const walked of plan.walks) {
      await lookAtRefusal(browser, walked, width);
      await walk(browser, walked, width, true);
    }
    await walk(browser, plan.walks[0], width, false);
  }
} finally {
  await browser.close();
}
console.log("done");
