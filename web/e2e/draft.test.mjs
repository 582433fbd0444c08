// A long form is kept by itself while somebody types, by a button without
// JavaScript, and gone on with from the desk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, phone, seen, wide } from "./harness.mjs";

let house;

before(async () => (house = await House.open()));
after(() => house?.close());

test("what is typed is kept by itself and offered again; what is sent is not", async () => {
  const clerk = await house.login("clerk");
  await seen(clerk, "draft-kept", async () => {
    await clerk.goto("/office/assets/new");
    await clerk.getByLabel("资产名称").fill("写到一半的鱼塘");
    await clerk.getByLabel("第1行地块名称").fill("东塘");
    await clerk.getByText(/^已存 \d\d:\d\d$/).waitFor();
  });
  const other = await house.login("clerk2");
  await seen(other, "draft-others", async () => {
    await other.goto("/office/assets/new?draft=yes");
    assert.equal(await other.getByLabel("资产名称").inputValue(), "");
  });
  await seen(clerk, "draft-again", async () => {
    await clerk.goto("/office/assets/new");
    await clerk.getByRole("heading", { name: "有一份暂存的表单" }).waitFor();
    assert.equal(await clerk.getByLabel("资产名称").inputValue(), ""); // nothing is put over what the person begins
    await clerk.goto("/office");
    await clerk.getByRole("link", { name: "资产登记：写到一半的鱼塘" }).click();
    assert.equal(await clerk.getByLabel("资产名称").inputValue(), "写到一半的鱼塘");
    assert.equal(await clerk.getByLabel("第1行地块名称").inputValue(), "东塘");
  });
  await seen(clerk, "draft-lost", async () => {
    await clerk.waitForLoadState(); // what keeps it must be there before the line is cut
    await clerk.context().setOffline(true);
    await clerk.getByLabel("坐落位置").fill("村东头");
    await clerk.getByText("暂存未成功").waitFor();
    await clerk.context().setOffline(false);
    await clerk.getByLabel("坐落位置").fill("村东头，机耕路旁");
    await clerk.getByText(/^已存 \d\d:\d\d$/).waitFor();
  });
});

test("without JavaScript a button keeps the form; throwing it away asks first", async () => {
  const clerk = await house.login("clerk", phone);
  await seen(clerk, "draft-phone", async () => {
    await clerk.goto("/office/assets/new?draft=yes");
    assert.equal(await clerk.getByLabel("坐落位置").inputValue(), "村东头，机耕路旁");
    await clerk.getByLabel("资产名称").fill("手机上填的");
    await clerk.getByRole("button", { name: "暂存" }).click();
    await clerk.getByText(/已存 \d\d:\d\d/).waitFor();
    await clerk.getByRole("link", { name: "资产登记：手机上填的" }).waitFor();
    await clerk.goto("/office/assets/new");
    assert.equal(await wide(clerk), 0);
    assert.equal(await clerk.getByRole("button", { name: "确定删除" }).isVisible(), false);
    await clerk.getByText("删除，重新填写").click();
    await clerk.getByRole("button", { name: "确定删除" }).click();
    await clerk.getByText("暂存内容已删除").waitFor();
    assert.equal(await clerk.getByText("有一份暂存的表单").count(), 0);
  });
});
