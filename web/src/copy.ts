// Buttons that copy what has to be typed elsewhere: an account's number, a sum, the
// words of a transfer. Without script they are not there, and the text is.

/** copied puts a text where a paste takes it from; browsers of old telephones, and
 * pages that came over plain http, know only the second way. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

document.querySelectorAll<HTMLButtonElement>("button[data-copy]").forEach((button) => {
  const words = button.textContent ?? "";
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = (await copied(button.dataset.copy ?? "")) ? "已复制" : "没有复制成，请长按选取";
    setTimeout(() => (button.textContent = words), 3000);
  });
});
