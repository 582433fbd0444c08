// A telephone's photos are made small before they are sent, the right way up, and what
// can't be read goes as it is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, seen } from "./harness.mjs";

let house, clerk, photo;

before(async () => {
  house = await House.open();
  clerk = await house.login("clerk");
  photo = await held(clerk);
});
after(() => house?.close());

// held is a noisy landscape photo that a telephone says was held upright (Exif 6).
async function held(page) {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [4000, 3000];
    const pen = canvas.getContext("2d");
    const noise = pen.createImageData(500, 500);
    for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : (i * 7919) % 61;
    for (let x = 0; x < 4000; x += 500) for (let y = 0; y < 3000; y += 500) pen.putImageData(noise, x, y);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.7));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  const plain = Buffer.from(base64, "base64");
  const exif = Buffer.from("ffe1002245786966000049492a00080000000100120103000100000006000000" + "00000000", "hex");
  return Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
}

const chosen = (page) => page.getByLabel("现场照片").evaluate(async (input) =>
  Promise.all(Array.from(input.files, async (file) => {
    const image = await createImageBitmap(file).catch(() => ({}));
    return { name: file.name, size: file.size, width: image.width, height: image.height };
  })));

test("photos are small and upright before they are sent; what can't be read goes as it is", () => seen(clerk, "photos", async () => {
  await clerk.goto("/office/assets/new");
  assert.ok(photo.length > 1_000_000, `${photo.length} bytes`);
  const files = [
    { name: "竖拍.jpeg", mimeType: "image/jpeg", buffer: photo },
    { name: "坏的.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(1_200_000, 7) },
    { name: "半张.jpg", mimeType: "image/jpeg", buffer: photo.subarray(0, Math.ceil(photo.length * 0.8)) },
  ];
  await clerk.getByLabel("现场照片").setInputFiles(files);
  await clerk.getByText(/^照片已缩小，共 \d+\.\d MB，缩小后 \d+\.\d MB。$/).waitFor();
  const [small, broken, half] = await chosen(clerk);
  assert.ok(files[2].buffer.length > 1_000_000);
  assert.equal(half.size, files[2].buffer.length, "half a photo is not made a whole one");
  assert.deepEqual([small.name, small.width, small.height], ["竖拍.jpg", 1500, 2000]);
  assert.ok(small.size < photo.length / 2, `${small.size} of ${photo.length}`);
  assert.deepEqual([broken.name, broken.size], ["坏的.jpg", 1_200_000]);
}));

test("nothing is sent while photos are made small", () => seen(clerk, "photos-wait", async () => {
  await clerk.goto("/office/assets/new");
  const sent = [];
  clerk.on("request", (request) => request.method() === "POST" && !/drafts/.test(request.url()) && sent.push(request.url()));
  await clerk.evaluate(() => { // a fast machine would be done before the tap
    const toBlob = HTMLCanvasElement.prototype.toBlob;
    const asked = new Promise((done) => (window.goOn = done));
    HTMLCanvasElement.prototype.toBlob = function (...of) { void asked.then(() => toBlob.apply(this, of)); };
  });
  await clerk.getByLabel("现场照片").setInputFiles(Array.from({ length: 3 }, (_, i) => ({ name: `${i}.jpg`, mimeType: "image/jpeg", buffer: photo })));
  await clerk.getByText(/^正在缩小照片/).waitFor();
  await clerk.getByLabel("现场照片").evaluate((input) => input.form.querySelector("button:not([formaction])").click());
  await clerk.evaluate(() => window.goOn());
  await clerk.getByText(/^照片已缩小/).waitFor();
  assert.deepEqual(sent, []);
  assert.equal((await chosen(clerk)).length, 3);
  await clerk.getByLabel("现场照片").evaluate((input) => input.form.querySelector("button:not([formaction])").click());
  await clerk.locator("main > .errors").waitFor();
  assert.equal(sent.length, 1);
}));

test("a browser that can't put files together sends them as they are", () => seen(clerk, "photos-old", async () => {
  await clerk.goto("/office/assets/new");
  await clerk.evaluate(() => (window.DataTransfer = class { constructor() { throw new TypeError("Illegal constructor"); } }));
  await clerk.getByLabel("现场照片").setInputFiles([{ name: "1.jpg", mimeType: "image/jpeg", buffer: photo }]);
  await clerk.waitForTimeout(500);
  await clerk.getByLabel("现场照片").evaluate((input) => input.form.querySelector("button:not([formaction])").click());
  await clerk.locator("main > .errors").waitFor();
}));
