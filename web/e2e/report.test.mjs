// A villager reports from a phone without JavaScript, writes the code down, and
// comes back with it; the township's office reads and answers in its own house.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, House, phone, seen, wide } from "./harness.mjs";

let house, villager, officer, code;
before(async () => {
  house = await House.open();
  villager = await house.visit(phone);
});
after(async () => house?.close());

test("a report is sealed, and the code shown once", () => seen(villager, "report", async () => {
  await villager.goto("/");
  await villager.getByRole("link", { name: "反映问题" }).first().click();
  await villager.context().clearCookies(); // the pages before may have begun a visit
  await villager.getByRole("link", { name: "选择村" }).click();
  await villager.getByLabel("村名或乡镇名").fill("青塘");
  await villager.getByRole("button", { name: "查找" }).click();
  await villager.getByRole("link", { name: /青塘村/ }).click();
  await villager.getByLabel(/村干部、村民小组长/).check();
  await villager.getByLabel("问题经过").fill("鱼塘租金少入账四万元<b>");
  await villager.getByRole("button", { name: "密封并提交" }).click();
  await villager.getByRole("link", { name: "请选择问题类别" }).waitFor(); // forgotten: nothing typed is lost
  assert.equal(await villager.getByLabel("问题经过").inputValue(), "鱼塘租金少入账四万元<b>");
  await villager.getByLabel("问题类别").selectOption({ label: "集体的钱和账目" });
  const buffer = await villager.screenshot({ type: "jpeg", quality: 60 });
  await villager.getByLabel("照片").setInputFiles([{ name: "收据.jpg", mimeType: "image/jpeg", buffer }]);
  assert.ok((await wide(villager)) <= 0);
  await villager.getByRole("button", { name: "密封并提交" }).click();
  await villager.getByText("已密封，交给云溪镇纪委").waitFor();
  code = await villager.locator("code.figure").innerText();
  assert.match(code, /^\d{4} \d{4} \d{4} \d{4}$/);
  await villager.getByLabel("请把查询码再输一遍").fill("1111 2222 3333 4444");
  await villager.getByRole("button", { name: "核对" }).click();
  await villager.getByRole("link", { name: /没有找到这个查询码/ }).waitFor();
  await villager.getByRole("textbox", { name: "查询码" }).fill(code.replaceAll(" ", ""));
  await villager.getByRole("button", { name: "查看" }).click();
  await villager.getByText("查询码正确").waitFor();
  assert.equal((await villager.context().cookies()).length, 0, "the box leaves cookies");
}));

// from are the reports on a desk that come from the village; the demonstration has others.
const from = (page) => page.getByRole("row").filter({ hasText: "青塘村" });

test("the office reads, sees the photo and answers", async () => {
  officer = await house.enter("zhenjiwei");
  await seen(officer, "room", async () => {
    await officer.goto(`${house.room}/reports`);
    const sent = from(officer).filter({ hasText: "受理单位已收到" }).getByRole("link", { name: /年/ });
    for (let i = 0; (await sent.count()) === 0; i++) {
      assert.ok(i < 20, "the report does not come");
      await officer.waitForTimeout(500);
      await officer.reload();
    }
    await sent.click();
    await officer.getByText("鱼塘租金少入账四万元<b>").waitFor();
    await officer.getByRole("img", { name: "照片 1" }).evaluate((img) => img.decode());
    await officer.getByLabel("办理中").check();
    await officer.getByLabel("答复内容").fill("已收到，正在查账。");
    await officer.getByRole("button", { name: "加密并发送" }).click();
    await officer.getByText("答复已密封给反映人").waitFor();
  });
});

test("the reporter reads the answer by the code, another office nothing", async () => {
  await seen(villager, "follow", async () => {
    for (let i = 0; ; i++) {
      await villager.goto("/report/follow");
      await villager.getByRole("textbox", { name: "查询码" }).fill(code);
      await villager.getByRole("button", { name: "查看" }).click();
      if ((await villager.getByText("已收到，正在查账。").count()) > 0) break;
      assert.ok(i < 20, "the answer does not come");
      await villager.waitForTimeout(500);
    }
    await villager.getByText("补充情况").click();
    await villager.getByLabel("补充的内容").fill("还有一张收条");
    await villager.getByRole("button", { name: "密封并提交" }).click();
    await villager.getByText("补充的内容已密封").waitFor();
  });
  const county = await house.enter("jiwei", desk);
  await county.goto(`${house.room}/reports`);
  await county.getByRole("row").nth(1).waitFor(); // what is the county's own
  assert.equal(await from(county).count(), 0, "another office has the report");
});
