"use strict";
// Shows what is known of a marked figure beside it, and lights up what belongs together. Without this script
// a mark is a link to the same words in the list of figures.
(() => {
  const card = document.getElementById("card");
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  const delay = 200;
  let shown = null;
  let pinned = false;
  let leaving = 0;

  const about = (target) => (target instanceof Element ? target.closest("[data-figures]") : null);
  const isMark = (element) => element !== null && element.matches(".mark");
  const figuresOf = (element) => element.dataset.figures.split(" ");

  function light(element, on) {
    for (const id of figuresOf(element)) {
      for (const other of document.querySelectorAll(`[data-figures~="${id}"]`)) other.classList.toggle("lit", on);
    }
  }

  function fill(mark) {
    card.replaceChildren(...(pinned ? [close] : []));
    for (const id of figuresOf(mark)) {
      const entry = document.getElementById(id);
      const copy = document.createElement("div");
      const parts = entry.matches("tr") ? entry.querySelectorAll("th, .words, .rule") : entry.children;
      for (const part of parts) {
        const block = document.createElement("div");
        block.className = part.className;
        block.append(...part.cloneNode(true).childNodes);
        copy.append(block);
      }
      for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id");
      for (const link of copy.querySelectorAll(".back")) link.remove();
      card.append(copy);
    }
  }

  function place(mark) {
    const words = mark.getClientRects()[0];
    const margin = 8;
    const widest = document.documentElement.clientWidth - card.offsetWidth - margin;
    const below = words.bottom + margin;
    const above = words.top - margin - card.offsetHeight;
    const top = below + card.offsetHeight <= window.innerHeight || above < 0 ? below : above;
    card.style.left = `${Math.max(Math.min(words.left, widest), margin) + window.scrollX}px`;
    card.style.top = `${top + window.scrollY}px`;
  }

  function bringIntoSight(mark) {
    const row = document.querySelector(`tr[data-figures="${figuresOf(mark)[0]}"]`);
    const panel = row && row.closest(".plans");
    if (!panel || panel.scrollHeight <= panel.clientHeight) return;
    const [inner, outer] = [row.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      panel.scrollTop += inner.top - outer.top - panel.clientHeight / 2;
    }
  }

  function hide() {
    clearTimeout(leaving);
    if (!shown) return;
    light(shown, false);
    card.hidden = true;
    shown = null;
    pinned = false;
  }

  function show(mark, stays) {
    hide();
    shown = mark;
    pinned = stays;
    fill(mark);
    card.hidden = false;
    place(mark);
    light(mark, true);
    bringIntoSight(mark);
  }

  document.addEventListener("pointerover", (event) => {
    const element = about(event.target);
    if (event.pointerType === "touch") return;
    clearTimeout(leaving);
    if (card.contains(event.target) || (shown && element === shown)) return;
    if (element && !isMark(element)) light(element, true);
    if (pinned) return;
    if (isMark(element)) show(element, false);
    else leaving = setTimeout(hide, delay);
  });
  document.addEventListener("pointerout", (event) => {
    const element = about(event.target);
    if (element && element !== shown && !isMark(element)) light(element, false);
  });
  document.addEventListener("focusin", (event) => {
    const element = about(event.target);
    if (isMark(element)) show(element, false);
    else if (!card.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    const element = about(event.target);
    if (isMark(element) && event.detail > 0) {
      event.preventDefault();
      show(element, true);
    } else if (event.target === close || !card.contains(event.target)) {
      hide();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  window.addEventListener("resize", hide);
})();
