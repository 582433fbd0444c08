// fill gives an element other content. replaceChildren does so too, and is absent
// from the browsers of telephones from before 2020.
export function fill(element: Element | null | undefined, ...content: (Node | string)[]): void {
  if (!element) return;
  element.textContent = "";
  element.append(...content);
}
