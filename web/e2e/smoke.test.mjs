// The doors open: pages draw on a phone without JavaScript, islands load under
// the content policy, and the login's cookies hold on this machine's own address.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, House, phone, seen } from "./harness.mjs";

let house;
before(async () => (house = await House.open()));
after(async () => house?.close());

test("the first page stands on a phone without JavaScript", async () => {
  const page = await house.visit(phone);
  await seen(page, "home", async () => {
    const answer = await page.goto("/");
    assert.equal(answer.status(), 200);
    assert.match(await page.title(), /晒标/);
    await page.getByText("示范数据").first().waitFor();
    const body = await page.locator("body").boundingBox();
    assert.ok(body.width <= 390, `the page is ${body.width} pixels wide`);
  });
});

test("the islands load and nothing breaks the content policy", async () => {
  const page = await house.visit(desk);
  const complaints = [];
  page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const scripts = [];
  page.on("response", (answer) => answer.url().endsWith(".js") && scripts.push(answer.status()));
  await page.goto("/login", { waitUntil: "networkidle" });
  assert.deepEqual(complaints, []);
  assert.deepEqual(scripts, [200, 200]);
});

test("a wrong password names the field and keeps nothing", async () => {
  const page = await house.visit(phone);
  await seen(page, "login", async () => {
    await page.goto("/login");
    await page.getByLabel("登录名").fill("nobody");
    await page.getByLabel("密码").fill("wrong-password");
    await page.getByRole("button", { name: "登录" }).click();
    assert.match(await page.title(), /^错误：/);
    await page.getByRole("link", { name: "登录名或密码不对" }).click();
    assert.ok((await page.context().cookies()).every((cookie) => cookie.name !== "__Host-access"));
  });
});
