// What a page marks to be kept becomes a picture that a long press saves or
// passes on: in a chat's window nothing can be downloaded or printed. It is
// drawn with the phone's own fonts and lies in the page itself.
import { fill } from "./lib/fill";

const width = 750; // pixels, as chats show them
const edge = 48;
const code = 300;
const fonts = "system-ui, 'PingFang SC', 'Noto Sans CJK SC', sans-serif";

interface Line {
  text: string;
  size: number;
  colour: string;
  bold?: boolean;
  gap: number; // before it
}

const ink = "#1d2a24";
const soft = "#55635b";
const seal = "#b3361f";

/** linesOf reads what a marked section says: its title, facts and notes, but not
 * what a page may take down again and a saved picture could not. */
function linesOf(section: HTMLElement): Line[] {
  const lines: Line[] = [{ text: section.dataset.picture ?? "", size: 30, colour: seal, bold: true, gap: 0 }];
  lines.push({ text: section.dataset.title ?? "", size: 42, colour: ink, bold: true, gap: 14 });
  for (const fact of section.querySelectorAll<HTMLElement>("dl > div:not([data-unpictured])")) {
    lines.push({ text: wordsOf(fact.querySelector("dt")), size: 25, colour: soft, gap: 24 });
    lines.push({ text: wordsOf(fact.querySelector("dd")), size: 33, colour: ink, gap: 4 });
  }
  section.querySelectorAll("[data-line]").forEach((at) => lines.push({ text: wordsOf(at), size: 27, colour: soft, gap: 24 }));
  return lines.filter((line) => line.text !== "");
}

function wordsOf(at: Element | null): string {
  return (at?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** wrap breaks a line wherever it is full, as Chinese is written. */
function wrap(pen: CanvasRenderingContext2D, text: string): string[] {
  const rows = [""];
  for (const sign of text) {
    const row = rows[rows.length - 1]!;
    if (row && pen.measureText(row + sign).width > width - 2 * edge) rows.push(sign.replace(/^\s+/, ""));
    else rows[rows.length - 1] = row + sign;
  }
  return rows;
}

function fontOf(line: Line): string {
  return `${line.bold ? "700 " : ""}${line.size}px ${fonts}`;
}

/** draw lays the lines out first, for the picture's height, and then draws them. */
function draw(lines: Line[], square: HTMLImageElement | undefined): string {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  const rows: Line[] = [];
  for (const line of lines) {
    pen.font = fontOf(line);
    wrap(pen, line.text).forEach((text, i) => rows.push({ ...line, text, gap: i === 0 ? line.gap : 0 }));
  }
  const tall = rows.reduce((sum, row) => sum + row.gap + row.size * 1.45, 0);
  canvas.width = width;
  canvas.height = Math.ceil(2 * edge + tall + (square ? code + 32 : 0));
  pen.fillStyle = seal;
  pen.fillRect(0, 0, width, canvas.height);
  pen.fillStyle = "#fffdf8";
  pen.fillRect(12, 12, width - 24, canvas.height - 24);
  pen.textBaseline = "top";
  let y = edge;
  for (const row of rows) {
    y += row.gap;
    pen.font = fontOf(row);
    pen.fillStyle = row.colour;
    pen.fillText(row.text, edge, y);
    y += row.size * 1.45;
  }
  if (square) pen.drawImage(square, (width - code) / 2, y + 20, code, code);
  return canvas.toDataURL("image/png");
}

async function load(address: string | undefined): Promise<HTMLImageElement | undefined> {
  if (!address) return undefined;
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

/** show puts the picture where the section keeps a place for it. */
async function show(section: HTMLElement, place: HTMLElement): Promise<void> {
  const square = await load(section.dataset.code).catch(() => undefined);
  const lines = linesOf(section);
  const picture = new Image();
  picture.src = draw(lines, square);
  picture.alt = lines.map((line) => line.text).join("，");
  const hint = document.createElement("figcaption");
  hint.className = "hint";
  hint.textContent = "长按图片，可以保存或转发。";
  fill(place, picture, hint);
}

for (const section of document.querySelectorAll<HTMLElement>("[data-picture]")) {
  const place = document.createElement("figure");
  place.className = "picture";
  place.setAttribute("aria-live", "polite");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "生成图片";
  button.addEventListener("click", () => void show(section, place), { once: true });
  place.append(button);
  section.append(place);
}

export {};
