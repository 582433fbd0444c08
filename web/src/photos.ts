// Photos are made as small as the server would make them before they are sent: a
// telephone's photo has 5 to 10 MB, and a village's line may take minutes for one.
// What this browser can't read goes as it is; the server says what is wrong with it.
// Reports have their photos sent as they are: where one was taken may be what matters.

import { scaled, upright } from "./lib/scaled";

const small = 1_000_000; // bytes from which it is worth while

async function shrink(file: File): Promise<File> {
  if (file.size < small) return file;
  try {
    if (!(await whole(file))) return file;
    const blob = await scaled(file);
    return blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

// whole says whether a photo ends as its kind does: a browser draws half of one without a
// word, the server refuses it in words.
async function whole(file: File): Promise<boolean> {
  const end = await new Promise<Uint8Array>((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => fail(reader.error);
    reader.readAsArrayBuffer(file.slice(-8));
  });
  const at = Array.from(end).join(" ");
  return /(^| )255 217( 0)*$/.test(at) || /^73 69 78 68 174 66 96 130$/.test(at);
}

async function take(input: HTMLInputElement, said: HTMLElement): Promise<void> {
  const chosen = Array.from(input.files ?? []);
  if (!chosen.some((file) => file.size >= small)) return;
  const form = input.form;
  const wait = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  form?.addEventListener("submit", wait, true);
  try {
    const all = new DataTransfer(); // which older Safaris can't make
    for (const [i, file] of chosen.entries()) {
      said.textContent = `正在缩小照片：第 ${i + 1} 张，共 ${chosen.length} 张。缩小后再提交。`;
      all.items.add(await shrink(file));
      if (!same(input, chosen)) { // chosen anew meanwhile
        if (!input.files?.length) said.textContent = "";
        return;
      }
    }
    input.files = all.files;
    said.textContent = `照片已缩小，共 ${megabytes(chosen)}，缩小后 ${megabytes(Array.from(all.files))}。`;
  } catch {
    said.textContent = ""; // they go as they are
  } finally {
    form?.removeEventListener("submit", wait, true);
  }
}

function same(input: HTMLInputElement, chosen: File[]): boolean {
  const now = Array.from(input.files ?? []);
  return now.length === chosen.length && now.every((file, i) => file === chosen[i]);
}

function megabytes(files: File[]): string {
  return (files.reduce((sum, file) => sum + file.size, 0) / 1_000_000).toFixed(1) + " MB";
}

const fields = upright() ? document.querySelectorAll<HTMLInputElement>("input[type=file][data-shrink]") : [];
fields.forEach((input) => {
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  input.after(said);
  input.addEventListener("change", () => void take(input, said));
});
