// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
// node screenshots.cjs URL BROWSER DATABASE: pictures of docs/screenshots.json.
const {readFileSync} = require("node:fs");
const {chromium} = require("playwright-core");

const [url, executablePath, database] = process.argv.slice(2);
const {letters, pages} = JSON.parse(readFileSync("docs/screenshots.json", "utf8"));
const PASSWORD = "sample-2569";

/** Log a browser context in and return a function that calls model methods. */
async function logIn(context, login) {
    const rpc = async (path, params) => {
        const answer = await context.request.post(url + path, {
            data: {jsonrpc: "2.0", params},
        });
        const {result, error} = await answer.json();
        if (error) {
            throw new Error(`${login}: ${error.data?.message || error.message}`);
        }
        return result;
    };
    await rpc("/web/session/authenticate", {db: database, login, password: PASSWORD});
    return (model, method, args, kwargs = {}) =>
        rpc(`/web/dataset/call_kw/${model}/${method}`, {model, method, args, kwargs});
}

/** Send a letter to all schools unless the demo has it. */
async function sendLetter(call, subject) {
    const domain = [["subject", "=", subject]];
    if (await call("amss.document", "search_count", [domain])) {
        return;
    }
    const values = {subject, addressee_text: "ผู้อำนวยการโรงเรียนในสังกัด"};
    const id = await call("amss.document", "create", [values]);
    await call("amss.document", "action_issue", [id]);
    const dialog = await call("amss.document", "action_open_send", [[id].flat()]);
    await call("amss.send", "write", [[dialog.res_id], {choice: "all"}]);
    await call("amss.send", "action_send", [[dialog.res_id]]);
}

/** Take one picture, of a public page where no login is named. */
async function picture(browser, page) {
    const {name, login, path, width = 1280, height = 720, clicks = []} = page;
    const context = await browser.newContext({
        viewport: {width, height},
        locale: "th-TH",
        timezoneId: "Asia/Bangkok",
    });
    if (login) {
        await logIn(context, login);
    }
    const tab = await context.newPage();
    // the first page of a fresh demo waits for its style sheets to be compiled
    await tab.goto(url + path, {timeout: 180000});
    await tab.waitForSelector(
        ".o_view_controller, .o_amss_find, .o_amss_month, #wrapwrap",
        {timeout: 60000}
    );
    for (const selector of clicks) {
        await tab.click(selector);
    }
    await tab.evaluate(() => document.fonts.ready);
    await tab.waitForTimeout(2500);
    await tab.screenshot({path: `docs/images/${name}.png`});
    await context.close();
    console.log(`docs/images/${name}.png`);
}

async function main() {
    const browser = await chromium.launch({
        executablePath,
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });
    const context = await browser.newContext();
    const call = await logIn(context, "central");
    for (const subject of letters) {
        await sendLetter(call, subject);
    }
    for (const page of pages) {
        await picture(browser, page);
    }
    await browser.close();
}

main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
