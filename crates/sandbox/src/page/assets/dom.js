// Small helpers to build the page. Text always goes in as text, never as markup.

export const $ = (selector) => document.querySelector(selector);

/** An element. `props` are attributes; `on…` are listeners; null and false are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((it) => it !== null && it !== undefined && it !== false));
  return node;
}

/** Shows `items` in `parent`, keeping what has not changed, so that focus and scrolling stay. With `fill` a node stays, whatever changes. */
export function list(parent, items, key, draw, fill) {
  const keys = new Set(items.map((item) => String(key(item))));
  // What goes, goes first: else all that stays would be moved before it.
  for (const node of [...parent.children]) if (!keys.has(node.dataset.key)) node.remove();
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const id = String(key(item));
    const signature = JSON.stringify(item);
    let node = old.get(id);
    if (fill && !node) node = Object.assign(draw(item), { signature: null });
    if (fill && node.signature !== signature) {
      fill(node, item);
      [node.dataset.key, node.signature] = [id, signature];
    }
    if (!node || node.signature !== signature) {
      const fresh = draw(item);
      fresh.dataset.key = id;
      fresh.signature = signature;
      if (node) {
        const focused = node.contains(document.activeElement) && document.activeElement.dataset.act;
        if (at === node) at = fresh;
        node.replaceWith(fresh);
        if (focused) fresh.querySelector(`[data-act="${focused}"]`)?.focus();
      }
      node = fresh;
    }
    if (at === node) at = node.nextElementSibling;
    else parent.insertBefore(node, at);
  }
}

/** Keeps the choice of a `select` while its options change. */
export function options(select, items) {
  const signature = JSON.stringify(items);
  if (select.signature === signature) return;
  select.signature = signature;
  const chosen = select.value;
  select.replaceChildren(...items.map(([value, text]) => el("option", { value }, text)));
  if (items.some(([value]) => String(value) === chosen)) select.value = chosen;
}

const TIME = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const WHEN = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "medium" });

export function clock(ms) {
  return el("time", { datetime: new Date(ms).toISOString(), title: WHEN.format(ms) }, TIME.format(ms));
}

/** A circle with initials, its colour always the same for the same name. */
export function face(name) {
  // Where somebody writes from, as in “Ana (Telegram)”, is not part of the name.
  const own = name.replace(/ \([^)]*\)$/, "").trim();
  let sum = 0;
  for (const letter of own) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  const words = own.split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((it) => [...it][0] ?? "").join("");
  return el("span", { class: `face face-${sum % 8}`, "aria-hidden": "true" }, initials);
}

/** The picture where it lies on this computer, or the circle: nothing is fetched from elsewhere. */
export function portrait(name, picture, isBridge) {
  const circle = face(name);
  circle.classList.toggle("is-bridge", Boolean(isBridge));
  const src = picture && ownAddress(picture);
  return src ? el("img", { class: "face", src, alt: "", onerror: (event) => event.target.replaceWith(circle) }) : circle;
}

/** A person's picture on Discord is shown by its public address elsewhere, too: the page has it under one of its own. */
function ownAddress(picture) {
  const { origin, hostname, pathname } = new URL(picture, location);
  if (origin === location.origin) return pathname;
  return hostname === "127.0.0.1" && pathname.startsWith("/avatars/") ? `/files/discord${pathname}` : null;
}

export function bytes(size) {
  if (size < 1024) return `${size} bytes`;
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/** Says something to everybody, those too who listen to the page. */
export function say(text, kind = "good") {
  const note = $("#note");
  note.textContent = text;
  note.className = `note ${kind}`;
  clearTimeout(note.timer);
  note.timer = setTimeout(() => { note.textContent = ""; note.className = "note"; }, 6000);
}

async function answerOf(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(text || `The sandbox answered ${response.status}`);
  return text ? JSON.parse(text) : null;
}

export async function post(path, body) {
  return answerOf(await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }));
}

/** Puts chosen files on the sandbox and returns their ids. */
export async function upload(files) {
  const ids = [];
  for (const file of files) {
    const form = new FormData();
    form.append("file", file);
    ids.push((await answerOf(await fetch("/api/upload", { method: "POST", body: form }))).id);
  }
  return ids;
}

/** A file input whose choice is shown as words beside it. */
export function chosenFiles(input, shown) {
  const show = () => { shown.textContent = [...input.files].map((it) => it.name).join(", "); };
  input.addEventListener("change", show);
  return { files: () => [...input.files], clear: () => { input.value = ""; show(); } };
}

/** Ctrl or ⌘ and Enter sends; in a chat plain Enter does, and Shift with Enter makes a line. */
export function sendsOnEnter(textarea, form, plain) {
  textarea.addEventListener("keydown", (event) => {
    const asked = event.ctrlKey || event.metaKey || (plain && !event.shiftKey);
    if (event.key !== "Enter" || event.isComposing || !asked) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
