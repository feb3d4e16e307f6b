// Searches the site where scripts run. The data are scripts as well, so that it works from a file, without a server.
"use strict";
(() => {
  const MOST = 50;
  const root = document.currentScript.getAttribute("src").replace(/search\.js$/, "");
  const form = document.getElementById("search");
  const field = document.getElementById("words");
  const found = document.getElementById("found");
  const reviews = [];
  let waiting = 0;
  let asked = false;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const load = (name) => {
    const script = document.createElement("script");
    waiting += 1;
    script.src = `${root}search/${name}.js`;
    script.onload = script.onerror = () => { waiting -= 1; show(); };
    document.head.append(script);
  };

  const ask = () => {
    if (!asked) {
      asked = true;
      load("parts");
    }
  };

  const line = (tag, text, kind) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  const result = ([page, title, about]) => {
    const item = document.createElement("li");
    const link = line("a", title);
    link.href = `${root}${page}.html`;
    item.append(link, line("p", about, "meta"));
    return item;
  };

  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    found.hidden = !words.length;
    if (!words.length) return;
    const hits = reviews.filter(({ text }) => words.every((word) => text.includes(word)));
    const many = hits.length === 1 ? "One review" : `${hits.length} reviews`;
    const said = hits.length ? `${many} found${hits.length > MOST ? `; these are the newest ${MOST}` : ""}.` : "Nothing is found.";
    const list = document.createElement("ol");
    list.className = "reviews";
    list.append(...hits.slice(0, MOST).map(({ shown }) => result(shown)));
    found.replaceChildren(line("p", waiting ? "Searching …" : said), list);
  };

  // what the data call: which parts there are, the newest first, and the reviews of one part
  window.lrtui = {
    parts: (names) => names.forEach(load),
    add: (part) => {
      reviews.push(...part.map(([page, title, about, more]) => ({
        shown: [page, title, about],
        text: plain(`${title} ${about} ${more}`),
      })));
      reviews.sort((one, other) => (one.shown[2] < other.shown[2] ? 1 : -1));
    },
  };

  found.setAttribute("role", "status");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("focus", ask);
  field.addEventListener("input", () => { ask(); show(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; show(); }
  });
})();
