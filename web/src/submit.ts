// A second tap on a submit button does nothing. The server would answer it the
// same way by its request id; this spares the villager the doubt.

import { forget } from "./lib/kept";

const quiet = 8000; // ms until a button may be tapped again, should the answer get lost

const leaving = "form[action='/logout']"; // on every page of whoever is known

// What one visitor has confirmed without an answer is not the next one's.
if (!document.querySelector(leaving)) forget();

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (form.matches(leaving)) forget();
  const button = (event as SubmitEvent).submitter;
  button?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), quiet);
});

// Back from the next page, the browser may show this one as it was left.
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
}

// A form that came back with errors: begin at the list of them.
document.querySelector<HTMLElement>("main > .errors")?.focus();
