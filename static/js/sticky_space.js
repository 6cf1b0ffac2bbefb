/**
 * Keep what is scrolled to, or has the focus, clear of what sticks to the window's edges: the head of a ticket, and a
 * composer that grows with its text.
 */
export function keepStickySpace() {
  const root = document.documentElement;
  const top = document.querySelector(".cs-top");
  const composer = document.querySelector(".cs-composer");
  if (!top || !("ResizeObserver" in window)) return;
  const measure = () => {
    const isStuck = getComputedStyle(top).position === "sticky";
    const header = document.getElementById("header")?.offsetHeight ?? 0;
    root.style.scrollPaddingTop = `${header + (isStuck ? top.getBoundingClientRect().height : 0) + GAP}px`;
    const covers = composer && getComputedStyle(composer).position === "sticky";
    root.style.scrollPaddingBottom = `${covers ? composer.getBoundingClientRect().height + GAP : 0}px`;
  };
  const observer = new ResizeObserver(measure);
  observer.observe(top);
  if (composer) observer.observe(composer);
  measure();
}

// Pixels between what is shown and what sticks.
const GAP = 8;
