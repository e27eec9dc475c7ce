"use strict";
// The list of filings and registrants: filters, sorts and shows a page of SEARCH_INDEX at a time.
// Other people's words reach the page as text only.
(function () {
  const PAGE = 50;
  const CHOICES = ["form", "year", "category", "estimate", "status"];
  const byId = (id) => document.getElementById(id);
  const form = byId("search");
  const table = byId("results").querySelector("table");
  const statuses = optionNames("status");
  const categories = optionNames("category");

  const registrants = SEARCH_INDEX.registrants.map((row, number) => ({
    number, cik: row[0], name: row[1], tickers: row[2], sic: row[3], industry: row[4], others: row[5],
  }));
  const filings = SEARCH_INDEX.filings.map((row, number) => {
    const registrant = registrants[row[1]];
    return {
      number, registrant, accession: row[0], name: row[12] || registrant.name, date: row[2],
      form: row[3] ? "8-K/A" : "8-K", estimates: row[4], status: row[5], categories: row[6],
      total: row[7], amount: row[8], currency: row[9], headcount: row[10], people: row[11],
      words: plain([row[0], row[0].replaceAll("-", ""), registrant.cik, registrant.cik.replace(/^0+/, ""),
        registrant.name, registrant.others, row[12] || "", registrant.tickers, registrant.sic,
        registrant.industry].join(" ")),
    };
  });

  let state = fromAddress();

  function optionNames(id) {
    return Object.fromEntries(Array.from(byId(id).options, (option) => [option.value, option.text]));
  }

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1) || location.search);
    const read = (name) => given.get(name) || "";
    const found = {
      q: read("q"), show: read("show"), least: read("least"), sort: read("sort") || "-date",
      page: Math.max(1, parseInt(read("page"), 10) || 1),
    };
    for (const name of CHOICES) {
      const known = Array.from(byId(name).options, (option) => option.value);
      found[name] = known.includes(read(name)) ? read(name) : "";
    }
    return found;
  }

  function toAddress() {
    const given = new URLSearchParams();
    for (const name of ["q", "show", ...CHOICES, "least"]) {
      if (state[name]) given.set(name, state[name]);
    }
    if (state.sort !== "-date") given.set("sort", state.sort);
    if (state.page > 1) given.set("page", state.page);
    history.replaceState(null, "", "#" + given);
  }

  function toForm() {
    for (const name of ["q", "least", ...CHOICES]) byId(name).value = state[name];
    for (const radio of form.elements.show) radio.checked = radio.value === state.show;
  }

  function fromForm() {
    for (const name of ["q", "least", ...CHOICES]) state[name] = byId(name).value;
    state.show = form.elements.show.value;
    state.page = 1;
  }

  function matching() {
    const words = plain(state.q).split(/\s+/).filter(Boolean);
    const least = parseFloat(state.least) * 1e6;
    const estimate = 1 << SEARCH_INDEX.estimates.indexOf(state.estimate);
    const category = 1 << SEARCH_INDEX.categories.indexOf(state.category);
    const status = SEARCH_INDEX.statuses.indexOf(state.status);
    return filings.filter((filing) =>
      (!state.form || filing.form === state.form) &&
      (!state.year || filing.date.startsWith(state.year)) &&
      (!state.estimate || filing.estimates & estimate) &&
      (!state.category || filing.categories & category) &&
      (!state.status || filing.status === status) &&
      (!(least >= 0) || filing.amount >= least && filing.amount !== null) &&
      words.every((word) => filing.words.includes(word)));
  }

  // One line for each registrant: its latest matching filing, and how many match.
  function byRegistrant(found) {
    const lines = new Map();
    for (const filing of found) {
      const line = lines.get(filing.registrant);
      if (!line) lines.set(filing.registrant, { ...filing, name: filing.registrant.name, matches: 1 });
      else {
        line.matches += 1;
        if (compareAmounts(filing, line) < 0) {
          line.total = filing.total; line.amount = filing.amount; line.currency = filing.currency;
        }
        if ((filing.people || 0) > (line.people || 0)) {
          line.people = filing.people; line.headcount = filing.headcount;
        }
      }
    }
    return Array.from(lines.values());
  }

  // The largest first, of US dollars before those of other currencies: they do not compare.
  function compareAmounts(one, other) {
    const currency = (line) => (line.amount === null ? "~" : line.currency === "USD" ? "" : line.currency);
    return currency(one).localeCompare(currency(other)) || other.amount - one.amount;
  }

  function sorted(lines) {
    const key = state.sort.replace("-", "");
    const compare = {
      date: (one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0),
      name: (one, other) => (one.name < other.name ? 1 : one.name > other.name ? -1 : 0),
      total: compareAmounts,
      people: (one, other) => other.people - one.people,
    }[key];
    if (!compare) return lines;
    const blank = { total: (line) => line.amount === null, people: (line) => line.people === null }[key];
    const known = blank ? lines.filter((line) => !blank(line)) : lines.slice();
    const direction = state.sort.startsWith("-") ? 1 : -1;
    known.sort((one, other) => direction * compare(one, other) || one.number - other.number);
    return blank ? known.concat(lines.filter(blank)) : known;
  }

  function cell(row, text, kind, address) {
    const made = document.createElement(kind === "name" ? "th" : "td");
    if (kind === "name") made.scope = "row";
    else if (kind) made.className = kind;
    const words = document.createElement("bdi");
    words.textContent = text;
    if (address) {
      const link = document.createElement("a");
      link.href = address;
      link.append(words);
      made.append(link);
    } else made.append(words);
    row.append(made);
  }

  function line(filing) {
    const row = document.createElement("tr");
    const registrant = "registrants/" + filing.registrant.cik + ".html";
    cell(row, filing.date, "date", "filings/" + filing.accession + ".html");
    cell(row, filing.name, "name", registrant);
    cell(row, filing.matches ? filing.matches.toLocaleString("en") + (filing.matches === 1 ? " filing" : " filings")
      : filing.form, "form");
    cell(row, filing.total || "–", "number");
    cell(row, filing.headcount || "–", "number people");
    cell(row, filing.matches ? filing.registrant.industry : what(filing), "extra quiet");
    return row;
  }

  function what(filing) {
    const named = SEARCH_INDEX.categories.filter((name, bit) => filing.categories & (1 << bit));
    return named.map((name) => categories[name]).join(", ") || statuses[SEARCH_INDEX.statuses[filing.status]];
  }

  function show() {
    const found = matching();
    const lines = sorted(state.show ? byRegistrant(found) : found);
    const pages = Math.max(1, Math.ceil(lines.length / PAGE));
    state.page = Math.min(state.page, pages);
    const first = (state.page - 1) * PAGE;
    table.tBodies[0].replaceChildren(...lines.slice(first, first + PAGE).map(line));
    const number = (value) => value.toLocaleString("en");
    const of = state.show ? number(registrants.length) + " registrants" : number(filings.length) + " filings";
    byId("found").textContent = lines.length
      ? number(lines.length) + " of " + of + (pages > 1 ? ", page " + state.page + " of " + pages : "")
      : "None of " + of + ". Use fewer words, or clear a choice.";
    byId("place").textContent = "Page " + number(state.page) + " of " + number(pages);
    byId("previous").disabled = state.page === 1;
    byId("next").disabled = state.page === pages;
    byId("pages").hidden = pages === 1;
    byId("results").hidden = !lines.length;
    for (const head of table.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === state.sort.replace("-", "")) {
        head.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
      } else head.removeAttribute("aria-sort");
    }
  }

  function changed() {
    toAddress();
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { fromForm(); changed(); });
  form.addEventListener("reset", () => setTimeout(() => { fromForm(); changed(); }));
  for (const head of table.querySelectorAll("th[data-sort]")) {
    head.firstElementChild.addEventListener("click", () => {
      const key = head.dataset.sort;
      const downwards = "-" + key;
      const first = key === "name" ? key : downwards;
      state.sort = state.sort !== first ? first : first === key ? downwards : key;
      state.page = 1;
      changed();
    });
  }
  for (const [id, step] of [["previous", -1], ["next", 1]]) {
    byId(id).addEventListener("click", () => { state.page += step; changed(); table.scrollIntoView(); });
  }
  window.addEventListener("hashchange", () => { state = fromAddress(); toForm(); show(); });

  toForm();
  // On a phone the choices would stand before everything that was found.
  byId("choices").open = matchMedia("(min-width: 40rem)").matches || CHOICES.some((name) => state[name]);
  byId("without-script").hidden = true;
  form.hidden = false;
  show();
})();
