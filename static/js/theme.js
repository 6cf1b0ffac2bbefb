// Light, dark, or as the system says. Loaded by itself and before the page is first drawn, so that none is light first.
const root = document.documentElement;

// The same key as Django's own theme.js, so that one choice serves portal and console.
try {
  root.dataset.theme = localStorage.getItem("theme") || root.dataset.theme;
} catch {
  // private mode
}

document.addEventListener("click", ({ target }) => {
  const toggle = target instanceof Element && target.closest("[data-theme-toggle]");
  if (!toggle) return;
  const next = { auto: "light", light: "dark", dark: "auto" }[root.dataset.theme || "auto"] || "auto";
  root.dataset.theme = next;
  toggle.setAttribute("aria-label", toggle.getAttribute(`data-${next}`) || "");
  try {
    localStorage.setItem("theme", next);
  } catch {
    // private mode
  }
});
