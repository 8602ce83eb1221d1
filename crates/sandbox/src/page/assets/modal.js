// Slack's modals: what the app asks of one person, over the place in which they asked for it.

import { el, post, say } from "/assets/dom.js";

/** Shows the newest one of whoever is at work in the pane, and puts away what is closed. */
export function showModal(pane, modals, me) {
  const modal = modals.filter((it) => it.user === me).at(-1);
  const old = pane.node.querySelector("dialog");
  const signature = JSON.stringify(modal ?? null);
  if ((old?.signature ?? "null") === signature) return;
  old?.remove();
  if (!modal) return;
  const dialog = Object.assign(draw(modal), { signature });
  pane.node.append(dialog);
  dialog.show();
  dialog.querySelector("input, select, textarea, button")?.focus();
}

const act = (body) => post("/api/act", body).catch((error) => say(error.message, "bad"));

function draw(modal) {
  const form = el("form", { class: "modal" },
    el("h3", { dir: "auto" }, modal.title),
    ...modal.blocks.map((block) => drawBlock(block, modal.errors?.[block.block_id])),
    modal.errors?.[""] ? el("p", { class: "why is-bad" }, modal.errors[""]) : null,
    el("div", { class: "row" },
      el("button", { type: "button", onclick: () => act({ act: "slack_close", modal: modal.id }) }, "Cancel"),
      modal.blocks.some((it) => it.type === "input") ? el("button", { type: "submit", class: "main" }, "Send") : null));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act({ act: "slack_submit", modal: modal.id, person: modal.user, values: filled(form) });
  });
  const dialog = el("dialog", { "aria-label": modal.title }, form);
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") act({ act: "slack_close", modal: modal.id }); });
  return dialog;
}

/** By name; what several boxes say stands together. */
function filled(form) {
  const data = new FormData(form);
  return [...new Set(data.keys())].map((name) => [name, data.getAll(name).join(",")]);
}

function drawBlock(block, error) {
  if (block.type !== "input") return el("p", { dir: "auto" }, block.text?.text ?? "");
  return el("label", {}, el("span", {}, block.label?.text ?? "", block.optional ? el("span", { class: "quiet" }, " (optional)") : null),
    drawInput(block), error ? el("span", { class: "why is-bad" }, error) : null,
    block.hint ? el("span", { class: "quiet" }, block.hint.text) : null);
}

function drawInput({ element, optional }) {
  const common = { name: element.action_id, required: !optional };
  const placeholder = element.placeholder?.text;
  if (element.type === "checkboxes") {
    const isSet = (it) => (element.initial_options ?? []).some((other) => other.value === it.value);
    return el("span", { class: "boxes" }, ...element.options.map((it) =>
      el("span", {}, el("input", { type: "checkbox", name: element.action_id, value: it.value, checked: isSet(it) }), " ", it.text.text)));
  }
  if (element.options) {
    const first = element.initial_option?.value;
    return el("select", common, el("option", { value: "" }, placeholder ?? ""),
      ...element.options.map((it) => el("option", { value: it.value, selected: it.value === first }, it.text.text)));
  }
  if (element.multiline) return el("textarea", { ...common, dir: "auto", placeholder, rows: "3" }, element.initial_value ?? "");
  return el("input", { ...common, type: "text", dir: "auto", placeholder, value: element.initial_value });
}
